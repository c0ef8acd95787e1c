import { isZero, useFormats } from "@atrio/kit/format";
import { type Denial, useRead } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, type Column, Denied, DoneState, Table, Tabs, toggled } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import { type DocumentSide, rowPlace } from "../app/places";
import { Ageing, type AgeingQuery, type AgeingSide } from "../gql/operations";
import { ReportScreen } from "./ReportScreen";
import styles from "./Reports.module.css";
import { type AgeingSearch, ageingVariables } from "./search";
import { codesOf, textOfCodes } from "./tree";

type Report = NonNullable<NonNullable<AgeingQuery["reports"]>["ageing"]>;
type Aged = Report["contacts"][number];
type Open = Aged["documents"][number];
type Bucket = (typeof BUCKETS)[number];
type Row =
  | { id: string; kind: "contact"; contact: Aged }
  | { id: string; kind: "document"; document: Open }
  | { id: string; kind: "total"; totals: NonNullable<Report["totals"]> };

const route = getRouteApi("/frame/c/$clientId/reports/ageing");

const BUCKETS = ["notDue", "days30", "days60", "days90", "older"] as const;
const NOBODY = "nobody";

/** Who owes what, or is owed it, by how long it has been due; each unfolds into its open documents. */
export function AgeingScreen() {
  const i18n = useWords();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const read = useRead(Ageing, ageingVariables(clientId, search));
  const reports = read.data?.reports;
  const report = reports?.ageing;
  const side: AgeingSide = search.side ?? "RECEIVABLE";
  const books: DocumentSide = side === "RECEIVABLE" ? "sales" : "purchases";
  const change = (part: Partial<AgeingSearch>, replace = false) => navigate({ search: (now) => ({ ...now, ...part }), replace });
  const open = useMemo(() => codesOf(search.open), [search.open]);
  const toggle = (id: string) => void change({ open: textOfCodes(toggled(open, id)), at: id }, true);
  const rows = useMemo(() => rowsOf(report, open), [report, open]);
  const nameless = read.denials.at("reports.ageing.contacts.name");
  const columns = useColumns(clientId, books, open, toggle, nameless);
  const enter = async (row: Row) => {
    if (row.kind === "contact") return toggle(row.id);
    if (row.kind === "total") return;
    await change({ at: row.id }, true);
    await navigate(rowPlace.document(clientId, books, row.document.documentId));
  };
  useKeys([
    {
      keys: ".",
      label: i18n.t("Fold or unfold"),
      group: i18n.t("Ageing"),
      run: () => search.at && toggle(search.at),
    },
  ]);
  return (
    <ReportScreen
      clientId={clientId}
      heading={i18n.t("Ageing")}
      read={read}
      denied={read.denials.at("reports")}
      company={reports}
      days={report}
      asOf
      file={{ name: "ageing", more: { side } }}
      search={search}
      onChange={(part) => void change(part)}
      choices={
        <Tabs
          label={i18n.t("Whose debts")}
          controls="aged"
          value={side}
          onChange={(id) => void change({ side: id === "RECEIVABLE" ? undefined : (id as AgeingSide), open: undefined })}
          tabs={[
            { id: "RECEIVABLE", label: i18n.t("Customers") },
            { id: "PAYABLE", label: i18n.t("Suppliers and creditors") },
          ]}
        />
      }
    >
      <div id="aged" role="tabpanel" aria-label={i18n.t("Ageing")} className={styles.tab}>
        <Table
          label={i18n.t("Ageing")}
          columns={columns}
          rows={rows}
          rowId={idOf}
          cursor={search.at}
          onCursor={(at) => void change({ at }, true)}
          onOpen={(row) => void enter(row)}
          rowState={stateOf}
          empty={<DoneState title={i18n.t("Nothing was open on this day.")} />}
        />
      </div>
    </ReportScreen>
  );
}

const idOf = ({ id }: Row) => id;
const stateOf = ({ kind }: Row) => (kind === "total" ? "total" : undefined);

function rowsOf(report: Report | null | undefined, open: ReadonlySet<string>): readonly Row[] {
  if (!report?.totals || report.contacts.length === 0) return [];
  const rows = report.contacts.flatMap((contact): readonly Row[] => {
    const id = contact.contactId ?? NOBODY;
    const head: Row = { id, kind: "contact", contact };
    if (!open.has(id)) return [head];
    const parts = contact.documents.map(
      (document, place): Row => ({ id: `${document.documentId}:${place}`, kind: "document", document }),
    );
    return [head, ...parts];
  });
  return [...rows, { id: "total", kind: "total", totals: report.totals }];
}

/** The column that an open document stands in. */
function bucketOf({ days }: Open): Bucket {
  if (days === 0) return "notDue";
  if (days <= 30) return "days30";
  if (days <= 60) return "days60";
  return days <= 90 ? "days90" : "older";
}

function amountOf(row: Row, bucket: Bucket | "total"): string {
  if (row.kind === "total") return row.totals[bucket];
  if (row.kind === "contact") return row.contact[bucket];
  return bucket === "total" || bucketOf(row.document) === bucket ? row.document.amount : "0.00";
}

function useColumns(
  clientId: string,
  books: DocumentSide,
  open: ReadonlySet<string>,
  toggle: (id: string) => void,
  nameless: Denial | undefined,
): readonly Column<Row>[] {
  const i18n = useWords();
  const f = useFormats();
  const act = useRef(toggle);
  act.current = toggle;
  return useMemo(() => {
    const amount = (bucket: Bucket | "total", header: string): Column<Row> => ({
      id: bucket,
      header,
      width: "112px",
      align: "end",
      cell: (row) => {
        const value = amountOf(row, bucket);
        return isZero(value) ? "" : f.money(value);
      },
    });
    return [
      {
        id: "who",
        header: i18n.t("Third party"),
        cell: (row) => {
          if (row.kind === "total") return i18n.t("Total");
          if (row.kind === "document")
            return (
              <span className={styles.account} data-depth="3">
                <Link {...rowPlace.document(clientId, books, row.document.documentId)}>{row.document.number ?? "–"}</Link>
                <span className={styles.name}>
                  {row.document.days === 0
                    ? i18n.t("due {date}", { date: f.date(row.document.dueOn) })
                    : i18n.t("{days, plural, one {due for # day} other {due for # days}}", { days: row.document.days })}
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
              {row.contact.contactId && nameless ? (
                <Denied denial={nameless} compact />
              ) : row.contact.contactId ? (
                <Link {...rowPlace.contact(clientId, row.contact.contactId)} className={styles.name}>
                  {row.contact.name ?? "–"}
                </Link>
              ) : (
                i18n.t("Made out to nobody")
              )}
            </span>
          );
        },
      },
      amount("notDue", i18n.t("Not due")),
      amount("days30", i18n.t("1–30 days")),
      amount("days60", i18n.t("31–60 days")),
      amount("days90", i18n.t("61–90 days")),
      amount("older", i18n.t("Over 90 days")),
      amount("total", i18n.t("Total")),
    ];
  }, [i18n, f, clientId, books, open, nameless]);
}
