import { isZero, useFormats } from "@atrio/kit/format";
import { useRead } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, Checkbox, type Column, EmptyState, Field, Select, Table, toggled } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import { TrialBalance, type TrialBalanceQuery } from "../gql/operations";
import { ReportScreen } from "./ReportScreen";
import styles from "./Reports.module.css";
import { LEVELS, periodOf, type TrialBalanceSearch, trialBalanceVariables } from "./search";
import { codesOf, isFoldable, shownRows, textOfCodes } from "./tree";

type Report = NonNullable<NonNullable<TrialBalanceQuery["reports"]>["trialBalance"]>;
type Amounts = Omit<NonNullable<Report["totals"]>, "__typename">;
type Row = Pick<Report["rows"][number], "code" | "name" | "level" | "isLeaf"> & Amounts;

const route = getRouteApi("/frame/c/$clientId/reports/trial-balance");

const AMOUNTS = [
  "openingDebit",
  "openingCredit",
  "debit",
  "credit",
  "yearDebit",
  "yearCredit",
  "closingDebit",
  "closingCredit",
] as const satisfies readonly (keyof Amounts)[];

const LEVEL = "3";
const DEEPEST = 5;
const TOTAL = "total";

/** Sumas y saldos: headings unfold down to the accounts, and each row opens its ledger card. */
export function TrialBalanceScreen() {
  const i18n = useWords();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const read = useRead(TrialBalance, trialBalanceVariables(clientId, search));
  const reports = read.data?.reports;
  const report = reports?.trialBalance;
  const depth = search.level === "all" ? DEEPEST : Number(search.level ?? LEVEL);
  const change = (part: Partial<TrialBalanceSearch>) => void navigate({ search: (now) => ({ ...now, ...part }) });
  const toggle = (code: string) =>
    void navigate({
      search: (now) => ({ ...now, open: textOfCodes(toggled(codesOf(now.open), code)), at: code }),
      replace: true,
    });
  const rows = useRows(report, depth, search);
  const columns = useColumns(depth, search, toggle);
  const drill = async ({ code }: Row) => {
    // The row in hand goes into the address first, so that coming back finds the place.
    await navigate({ search: (now) => ({ ...now, at: code }), replace: true });
    await navigate({
      to: "/c/$clientId/reports/ledger",
      params: { clientId },
      search: { ...periodOf(search), account: code === TOTAL ? undefined : code },
    });
  };
  const group = i18n.t("Trial balance");
  useKeys([
    ...LEVELS.map((level) => ({
      keys: level,
      label: i18n.t("Headings of {level} digits", { level }),
      group,
      run: () => change({ level: level === LEVEL ? undefined : level, open: undefined }),
    })),
    { keys: "5", label: i18n.t("All accounts"), group, run: () => change({ level: "all", open: undefined }) },
    { keys: ".", label: i18n.t("Fold or unfold"), group, run: () => search.at && toggle(search.at) },
  ]);
  return (
    <ReportScreen
      clientId={clientId}
      heading={i18n.t("Trial balance")}
      read={read}
      denied={read.denials.at("reports")}
      company={reports}
      days={report}
      search={search}
      onChange={change}
      closings
      file={{ name: "trialBalance", more: { level: depth === DEEPEST ? undefined : depth, includeClosings: search.closings } }}
      choices={
        <>
          <Field label={i18n.t("Down to")} labelUnseen>
            {(ids) => (
              <Select
                {...ids}
                value={search.level ?? LEVEL}
                onChange={({ target }) =>
                  change({
                    level: target.value === LEVEL ? undefined : (target.value as TrialBalanceSearch["level"]),
                    open: undefined,
                  })
                }
              >
                {LEVELS.map((level) => (
                  <option key={level} value={level}>
                    {i18n.t("{level, plural, one {# digit} other {# digits}}", { level: Number(level) })}
                  </option>
                ))}
                <option value="all">{i18n.t("All accounts")}</option>
              </Select>
            )}
          </Field>
          <Checkbox
            label={i18n.t("Also zero rows")}
            checked={search.zero ?? false}
            onChange={({ target }) => change({ zero: target.checked || undefined })}
          />
        </>
      }
    >
      <Table
        label={i18n.t("Trial balance")}
        columns={columns}
        rows={rows}
        rowId={codeOf}
        cursor={search.at}
        onCursor={(at) => void navigate({ search: (now) => ({ ...now, at }), replace: true })}
        onOpen={(row) => void drill(row)}
        rowState={stateOf}
        empty={<EmptyState title={i18n.t("No movement up to this day.")} icon="journal" />}
      />
    </ReportScreen>
  );
}

const codeOf = ({ code }: Row) => code;
const stateOf = ({ code, isLeaf, level }: Row) => (code === TOTAL ? "total" : isLeaf ? undefined : `level${level}`);
const isNothing = (row: Row) => AMOUNTS.every((name) => isZero(row[name]));

function useRows(report: Report | null | undefined, depth: number, { open, zero }: TrialBalanceSearch): readonly Row[] {
  const i18n = useWords();
  return useMemo(() => {
    if (!report?.totals) return [];
    const known = zero ? report.rows : report.rows.filter((row) => !isNothing(row));
    if (known.length === 0) return [];
    const total: Row = { code: TOTAL, name: i18n.t("Total"), level: 0, isLeaf: true, ...report.totals };
    return [...shownRows<Row>(known, depth, codesOf(open)), total];
  }, [report, depth, open, zero, i18n]);
}

const LEDGER = "/c/$clientId/reports/ledger";

function useColumns(depth: number, search: TrialBalanceSearch, toggle: (code: string) => void): readonly Column<Row>[] {
  const i18n = useWords();
  const f = useFormats();
  const { clientId } = route.useParams();
  const act = useRef(toggle);
  act.current = toggle;
  const { from, to, closings, open } = search;
  return useMemo(() => {
    const unfolded = codesOf(open);
    const days = { from, to, closings };
    const headers: Record<(typeof AMOUNTS)[number], string> = {
      openingDebit: i18n.t("Opening debit"),
      openingCredit: i18n.t("Opening credit"),
      debit: i18n.t("Debit"),
      credit: i18n.t("Credit"),
      yearDebit: i18n.t("Year debit"),
      yearCredit: i18n.t("Year credit"),
      closingDebit: i18n.t("Closing debit"),
      closingCredit: i18n.t("Closing credit"),
    };
    return [
      {
        id: "account",
        header: i18n.t("Account"),
        cell: (row) => (
          <span className={styles.account} data-depth={row.code === TOTAL ? undefined : Math.min(row.level, depth + 2)}>
            {isFoldable(row, depth) ? (
              <Button
                kind="bare"
                icon={unfolded.has(row.code) ? "down" : "right"}
                iconOnly
                tabIndex={-1}
                aria-expanded={unfolded.has(row.code)}
                onClick={() => act.current(row.code)}
              >
                {i18n.t("Fold or unfold")}
              </Button>
            ) : (
              <span className={styles.noFold} />
            )}
            {row.code === TOTAL ? (
              row.name
            ) : (
              <>
                <Link to={LEDGER} params={{ clientId }} search={{ ...days, account: row.code }} className="tabular">
                  {row.code}
                </Link>
                <span className={styles.name} title={row.name}>
                  {row.name}
                </span>
              </>
            )}
          </span>
        ),
      },
      ...AMOUNTS.map(
        (name): Column<Row> => ({
          id: name,
          header: headers[name],
          width: "112px",
          align: "end",
          cell: (row) => {
            if (isZero(row[name])) return "";
            if (row.code === TOTAL) return f.money(row[name]);
            return (
              <Link to={LEDGER} params={{ clientId }} search={{ ...days, account: row.code }} tabIndex={-1}>
                {f.money(row[name])}
              </Link>
            );
          },
        }),
      ),
    ];
  }, [i18n, f, clientId, depth, from, to, closings, open]);
}
