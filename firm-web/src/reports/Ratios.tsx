import { type IsoDate, shiftDays, useFormats } from "@atrio/kit/format";
import { useRead } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, type Column, Table, toggled } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import { Ratios, type RatiosQuery } from "../gql/operations";
import { ReportScreen } from "./ReportScreen";
import styles from "./Reports.module.css";
import { useInputName, useRatioGroups, useRatioNames } from "./ratioNames";
import { type RatiosSearch, ratiosVariables } from "./search";
import { codesOf, textOfCodes } from "./tree";

type Report = NonNullable<NonNullable<RatiosQuery["reports"]>["ratios"]>;
type Ratio = Report["rows"][number];
type Days = Pick<Report, "fromOn" | "toOn">;
type Input = Ratio["inputs"][number];
type Row =
  | { id: string; kind: "group"; group: string }
  | { id: string; kind: "ratio"; ratio: Ratio }
  | { id: string; kind: "input"; input: Input };

const route = getRouteApi("/frame/c/$clientId/reports/ratios");

/** Ratios with their formula; each unfolds into the amounts it was made of. */
export function RatiosScreen() {
  const i18n = useWords();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const read = useRead(Ratios, ratiosVariables(clientId, search));
  const reports = read.data?.reports;
  const report = reports?.ratios;
  const change = (part: Partial<RatiosSearch>, replace = false) =>
    void navigate({ search: (now) => ({ ...now, ...part }), replace });
  const open = useMemo(() => codesOf(search.open), [search.open]);
  const toggle = (id: string) => change({ open: textOfCodes(toggled(open, id)), at: id }, true);
  const rows = useMemo(() => rowsOf(report, open), [report, open]);
  const columns = useColumns(clientId, report, open, toggle);
  useKeys([{ keys: ".", label: i18n.t("Fold or unfold"), group: i18n.t("Ratios"), run: () => search.at && toggle(search.at) }]);
  return (
    <ReportScreen
      clientId={clientId}
      heading={i18n.t("Ratios")}
      read={read}
      denied={read.denials.at("reports")}
      company={reports}
      days={report}
      search={search}
      onChange={change}
      file={{ name: "ratios" }}
    >
      <Table
        label={i18n.t("Ratios")}
        columns={columns}
        rows={rows}
        rowId={idOf}
        cursor={search.at}
        onCursor={(at) => change({ at }, true)}
        onOpen={(row) => row.kind === "ratio" && toggle(row.id)}
        rowState={stateOf}
      />
    </ReportScreen>
  );
}

const idOf = ({ id }: Row) => id;
const stateOf = ({ kind }: Row) => (kind === "group" ? "level1" : undefined);

function rowsOf(report: Report | null | undefined, open: ReadonlySet<string>): readonly Row[] {
  if (!report) return [];
  return report.rows.flatMap((ratio, place): readonly Row[] => {
    const begins = report.rows[place - 1]?.group !== ratio.group;
    const head: readonly Row[] = begins ? [{ id: `group:${ratio.group}`, kind: "group", group: ratio.group }] : [];
    const inputs = open.has(ratio.key) ? ratio.inputs : [];
    return [
      ...head,
      { id: ratio.key, kind: "ratio", ratio },
      ...inputs.map((input): Row => ({ id: `${ratio.key}:${input.part}:${input.key}`, kind: "input", input })),
    ];
  });
}

/** An input leads to what it was read from: a line of a statement, accounts, or the VAT books. */
function InputAmount({ clientId, report, input }: { clientId: string; report: Days; input: Input }) {
  const f = useFormats();
  const amount = f.money(input.amount);
  const { source, of } = input;
  const opening = source.startsWith("OPENING");
  const days = opening ? { to: shiftDays(report.fromOn as IsoDate, -1) } : { from: report.fromOn, to: report.toOn };
  const params = { clientId };
  if (source === "CLOSING" || source === "OPENING" || source === "RESULT") {
    const to = source === "RESULT" ? "/c/$clientId/reports/profit-and-loss" : "/c/$clientId/reports/balance-sheet";
    return (
      <Link to={to} params={params} search={{ ...days, at: of, open: of }} tabIndex={-1}>
        {amount}
      </Link>
    );
  }
  if (source.startsWith("VAT") || source.startsWith("DEDUCTED")) {
    return (
      <Link to="/c/$clientId/taxes/books" params={params} search={{}} tabIndex={-1}>
        {amount}
      </Link>
    );
  }
  if (!of.includes(" ")) {
    return (
      <Link to="/c/$clientId/reports/ledger" params={params} search={{ ...days, account: of }} tabIndex={-1}>
        {amount}
      </Link>
    );
  }
  return (
    <Link to="/c/$clientId/reports/trial-balance" params={params} search={days} tabIndex={-1}>
      {amount}
    </Link>
  );
}

function useColumns(
  clientId: string,
  report: Days | null | undefined,
  open: ReadonlySet<string>,
  toggle: (id: string) => void,
): readonly Column<Row>[] {
  const i18n = useWords();
  const f = useFormats();
  const names = useRatioNames();
  const groups = useRatioGroups();
  const inputName = useInputName();
  const act = useRef(toggle);
  act.current = toggle;
  return useMemo(() => {
    const shown = ({ unit, value }: Ratio) => {
      if (value === null || value === undefined) return i18n.t("n/a");
      if (unit === "AMOUNT") return f.money(value);
      if (unit === "DAYS") return i18n.t("{days} days", { days: f.decimal(value, 1) });
      if (unit === "SHARE") return f.percent(hundredfold(value));
      return f.decimal(value, 2);
    };
    return [
      {
        id: "name",
        header: i18n.t("Ratio"),
        // On a phone the value stays in sight beside it.
        width: "max(192px, 24vw)",
        cell: (row) => {
          if (row.kind === "group") return groups[row.group] ?? row.group;
          if (row.kind === "input")
            return (
              <span className={styles.account} data-depth="4">
                <span className={styles.whole}>
                  {weightOf(row.input)} {inputName(row.input.key)}
                </span>
              </span>
            );
          return (
            <span className={styles.account}>
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
              <span className={styles.whole}>{names[row.ratio.key]?.name ?? row.ratio.key}</span>
            </span>
          );
        },
      },
      {
        id: "value",
        header: i18n.t("Value"),
        width: "144px",
        align: "end",
        cell: (row) => {
          if (row.kind === "group") return null;
          if (row.kind === "ratio") return shown(row.ratio);
          return report && <InputAmount clientId={clientId} report={report} input={row.input} />;
        },
      },
      {
        id: "formula",
        header: i18n.t("Formula"),
        cell: (row) => {
          if (row.kind === "group") return null;
          if (row.kind === "input") return row.input.part === "NUMERATOR" ? i18n.t("above the line") : i18n.t("below the line");
          const formula = names[row.ratio.key]?.formula;
          return <span title={formula}>{formula}</span>;
        },
      },
    ];
  }, [i18n, f, names, groups, inputName, open, clientId, report]);
}

/** "+", "−" or "½ ×" before an input. */
function weightOf({ weight }: Input): string {
  if (weight === "0.5") return "½ ×";
  return weight === "-1" ? "−" : "+";
}

/** A share of one in per cent, moved as text. */
function hundredfold(value: string): string {
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)(\d+)\.?(\d*)$/.exec(value) ?? [];
  const digits = fraction.padEnd(2, "0");
  return `${sign}${whole}${digits.slice(0, 2)}.${digits.slice(2) || "0"}`;
}
