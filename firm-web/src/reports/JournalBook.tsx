import { isZero, useFormats } from "@atrio/kit/format";
import { usePages, useRead } from "@atrio/kit/graphql";
import { type Column, EmptyState, Table } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { rowPlace } from "../app/places";
import { JournalBook, type JournalBookQuery } from "../gql/operations";
import { ReportScreen } from "./ReportScreen";
import styles from "./Reports.module.css";
import { journalBookVariables, periodOf } from "./search";

type Book = NonNullable<NonNullable<JournalBookQuery["reports"]>["journalBook"]>;
type Line = NonNullable<Book["entries"]>["nodes"][number];
type Row = Line & { begins: boolean };

const route = getRouteApi("/frame/c/$clientId/reports/journal-book");

/** Libro Diario: every posted entry by day and number, closings included. */
export function JournalBookScreen() {
  const i18n = useWords();
  const f = useFormats();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const variables = journalBookVariables(clientId, search);
  const read = useRead(JournalBook, variables);
  const list = usePages(JournalBook, variables, "reports.journalBook.entries", (data) => data.reports?.journalBook?.entries);
  const reports = read.data?.reports;
  const book = reports?.journalBook;
  const rows = useMemo(
    () => list.rows.map((line, place): Row => ({ ...line, begins: list.rows[place - 1]?.entryId !== line.entryId })),
    [list.rows],
  );
  const columns = useColumns(clientId);
  return (
    <ReportScreen
      clientId={clientId}
      heading={i18n.t("Journal book")}
      read={read}
      denied={read.denials.at("reports.journalBook") ?? read.denials.at("reports")}
      scope="JOURNAL"
      company={reports}
      days={book}
      file={{ name: "journalBook" }}
      search={search}
      onChange={(part) => void navigate({ search: (now) => ({ ...periodOf(now), ...part }) })}
    >
      {book && (
        <p className={styles.check}>
          {i18n.t("{count, plural, one {# entry} other {# entries}}, debit and credit {amount} each", {
            count: list.total ?? 0,
            amount: f.money(book.total),
          })}
        </p>
      )}
      <Table
        label={i18n.t("Journal book")}
        columns={columns}
        rows={rows}
        rowId={idOf}
        onOpen={({ entryId }) => void navigate(rowPlace.entry(clientId, entryId))}
        onMore={list.more}
        empty={<EmptyState title={i18n.t("No entry in this period.")} icon="journal" />}
      />
    </ReportScreen>
  );
}

const idOf = ({ id }: Row) => id;

function useColumns(clientId: string): readonly Column<Row>[] {
  const i18n = useWords();
  const f = useFormats();
  return useMemo(() => {
    const amount = (id: "debit" | "credit", header: string): Column<Row> => ({
      id,
      header,
      width: "112px",
      align: "end",
      cell: (row) => (isZero(row[id]) ? "" : f.money(row[id])),
    });
    return [
      {
        id: "number",
        header: i18n.t("Entry"),
        width: "92px",
        align: "end",
        cell: ({ begins, entryId, number }) => begins && <Link {...rowPlace.entry(clientId, entryId)}>{number}</Link>,
      },
      { id: "date", header: i18n.t("Date"), width: "108px", align: "end", cell: (row) => row.begins && f.date(row.entryOn) },
      { id: "code", header: i18n.t("Account"), width: "96px", cell: ({ code }) => <span className="tabular">{code}</span> },
      { id: "name", header: i18n.t("Name"), cell: ({ name }) => <span title={name}>{name}</span> },
      { id: "text", header: i18n.t("Text"), cell: ({ text }) => <span title={text}>{text}</span> },
      amount("debit", i18n.t("Debit")),
      amount("credit", i18n.t("Credit")),
    ];
  }, [i18n, f, clientId]);
}
