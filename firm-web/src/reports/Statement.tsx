import { isZero, useFormats } from "@atrio/kit/format";
import { useKeys } from "@atrio/kit/keys";
import { Button, Checkbox, type Column, Field, Icon, Select, Table, toggled } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import type { StatementLineFragment } from "../gql/operations";
import { useLineNames } from "./lineNames";
import styles from "./Reports.module.css";
import { COMPARISONS, type StatementSearch } from "./search";
import { type StatementRow, statementRows } from "./statementRows";
import { codesOf, textOfCodes } from "./tree";

interface Days {
  from?: string;
  to: string;
}

interface StatementProps {
  clientId: string;
  label: string;
  lines: readonly StatementLineFragment[];
  unmapped: readonly { code: string; name: string; amount: string }[];
  /** The days that the ledger card behind a figure covers, and those of the figures beside. */
  days: Days;
  prior: Days;
  /** Lines above this level are totals and stand out. */
  totalsAbove: number;
  /** What stands over the amounts. */
  heads: { amount: string; prior: string };
  search: StatementSearch;
  onChange: (part: Partial<StatementSearch>, replace?: boolean) => Promise<void>;
  onDrill: (account: string, days: Days) => Promise<void>;
}

/** A balance sheet or a profit and loss: lines unfold into accounts, every figure opens its ledger card. */
export function Statement(props: StatementProps) {
  const { clientId, label, lines, unmapped, days, prior, totalsAbove, heads, search, onChange, onDrill } = props;
  const i18n = useWords();
  const names = useLineNames();
  const open = useMemo(() => codesOf(search.open), [search.open]);
  const rows = useMemo(() => statementRows(lines, names, open, search.zero ?? false), [lines, names, open, search.zero]);
  const toggle = (id: string) => void onChange({ open: textOfCodes(toggled(open, id)), at: id }, true);
  const foldable = rows.filter((row) => row.foldable).map(({ id }) => id);
  const openAll = () => void onChange({ open: open.size >= foldable.length ? undefined : textOfCodes(new Set(foldable)) }, true);
  const columns = useColumns({ clientId, days, prior, heads, open, closings: search.closings, toggle });
  const enter = async ({ id, code, foldable }: StatementRow) => {
    if (code === undefined) return foldable && toggle(id);
    // The row in hand goes into the address first, so that coming back finds the place.
    await onChange({ at: id }, true);
    await onDrill(code, days);
  };
  useKeys([
    { keys: ".", label: i18n.t("Fold or unfold"), group: label, run: () => search.at && toggle(search.at) },
    { keys: "a", label: i18n.t("Show or hide all accounts"), group: label, run: openAll },
  ]);
  return (
    <>
      <Unmapped accounts={unmapped} clientId={clientId} days={days} />
      <Table
        label={label}
        columns={columns}
        rows={rows}
        rowId={idOf}
        cursor={search.at}
        onCursor={(at) => void onChange({ at }, true)}
        onOpen={(row) => void enter(row)}
        rowState={({ code, level }) => (code === undefined && level < totalsAbove ? "level1" : undefined)}
      />
    </>
  );
}

const idOf = ({ id }: StatementRow) => id;

/** What is compared, and whether lines of nothing are shown. */
export function StatementChoices({ search, onChange }: Pick<StatementProps, "search" | "onChange">) {
  const i18n = useWords();
  const words = { PREVIOUS_YEAR: i18n.t("With the year before"), PREVIOUS_PERIOD: i18n.t("With the period before") };
  return (
    <>
      <Field label={i18n.t("Compared")} labelUnseen>
        {(ids) => (
          <Select
            {...ids}
            value={search.compare ?? "PREVIOUS_YEAR"}
            onChange={({ target }) =>
              void onChange({ compare: COMPARISONS.find((one) => one === target.value && one !== "PREVIOUS_YEAR") })
            }
          >
            {COMPARISONS.map((one) => (
              <option key={one} value={one}>
                {words[one]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Checkbox
        label={i18n.t("Also zero rows")}
        checked={search.zero ?? false}
        onChange={({ target }) => void onChange({ zero: target.checked || undefined })}
      />
    </>
  );
}

/** Accounts of no line: the statement is wrong by them, so they stand above it. */
function Unmapped({ accounts, clientId, days }: { accounts: StatementProps["unmapped"]; clientId: string; days: Days }) {
  const i18n = useWords();
  const f = useFormats();
  if (accounts.length === 0) return null;
  return (
    <div className={styles.wrong} role="alert">
      <strong>
        <Icon name="warn" />
        {i18n.t("Accounts that belong to no line of this report")}
      </strong>
      <ul>
        {accounts.map(({ code, name, amount }) => (
          <li key={code}>
            <Link to="/c/$clientId/reports/ledger" params={{ clientId }} search={{ ...days, account: code }}>
              {code} {name}
            </Link>
            {": "}
            {f.money(amount)}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface ColumnsProps extends Pick<StatementProps, "clientId" | "days" | "prior" | "heads"> {
  open: ReadonlySet<string>;
  closings: true | undefined;
  toggle: (id: string) => void;
}

function useColumns({ clientId, days, prior, heads, open, closings, toggle }: ColumnsProps): readonly Column<StatementRow>[] {
  const i18n = useWords();
  const f = useFormats();
  const act = useRef(toggle);
  act.current = toggle;
  return useMemo(() => {
    const figure = (value: string, account: string | undefined, span: Days) => {
      if (isZero(value)) return "";
      if (account === undefined) return f.money(value);
      return (
        <Link to="/c/$clientId/reports/ledger" params={{ clientId }} search={{ ...span, closings, account }} tabIndex={-1}>
          {f.money(value)}
        </Link>
      );
    };
    return [
      {
        id: "line",
        header: i18n.t("Line"),
        cell: (row) => (
          <span className={styles.account} data-depth={row.level + 1}>
            {row.foldable ? (
              <Button
                kind="bare"
                icon={open.has(row.id) ? "down" : "right"}
                iconOnly
                tabIndex={-1}
                aria-expanded={open.has(row.id)}
                onClick={() => act.current(row.id)}
              >
                {i18n.t("Fold or unfold")}
              </Button>
            ) : (
              <span className={styles.noFold} />
            )}
            {row.number && <span className={styles.number}>{row.number}</span>}
            {row.code && <span className="tabular">{row.code}</span>}
            <span className={`${styles.name} ${styles.whole}`} title={row.name}>
              {row.name}
            </span>
          </span>
        ),
      },
      { id: "amount", header: heads.amount, width: "132px", align: "end", cell: (row) => figure(row.amount, row.code, days) },
      { id: "prior", header: heads.prior, width: "172px", align: "end", cell: (row) => figure(row.prior, row.code, prior) },
      {
        id: "change",
        header: i18n.t("Variation"),
        width: "120px",
        align: "end",
        cell: ({ change }) => (isZero(change) ? "" : f.money(change)),
      },
    ];
  }, [i18n, f, clientId, days, prior, heads, open, closings]);
}
