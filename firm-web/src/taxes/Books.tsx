import { localDate, useFormats } from "@atrio/kit/format";
import { usePages, useRead } from "@atrio/kit/graphql";
import { Checkbox, type Column, EmptyState, SearchField, Select, Table, Tabs } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { ExportList } from "../app/files";
import { rowPlace } from "../app/places";
import { Filters, ListScreen, RowCard } from "../app/Screen";
import { type VatBookKind, type VatBookOrder, VatBookPage, type VatBookPageQuery } from "../gql/operations";
import { BookTotals } from "./BookTotals";
import { type BookSearch, bookVariables, type Period } from "./search";
import styles from "./Taxes.module.css";
import { useTaxWords } from "./words";
import { YearChoice } from "./YearChoice";

type BookLine = NonNullable<VatBookPageQuery["vatBookLines"]>["nodes"][number];

const route = getRouteApi("/frame/c/$clientId/taxes/books");

/** The VAT books: every invoice by tax code, with the totals of the period. */
export function BooksScreen() {
  const i18n = useWords();
  const words = useTaxWords();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const asked = bookVariables(clientId, search, localDate());
  const list = usePages(VatBookPage, asked, "vatBookLines", (data) => data.vatBookLines);
  const totals = useRead(VatBookPage, asked).data?.vatBook?.totals ?? [];
  const columns = useColumns(clientId, asked.book);
  const change = (part: Partial<BookSearch>, replace = false) =>
    void navigate({ search: (now) => ({ ...now, ...part }), replace });
  return (
    <ListScreen
      clientId={clientId}
      scope="TAXES"
      heading={i18n.t("VAT books")}
      panel="book"
      list={list}
      detail={
        <Link to="/c/$clientId/taxes" params={{ clientId }}>
          {i18n.t("Taxes")}
        </Link>
      }
      actions={
        <>
          <SearchField value={search.q ?? ""} onChange={(q) => change({ q: q || undefined }, true)} />
          <ExportList
            name={asked.book === "ISSUED" ? "vatBookIssued" : "vatBookReceived"}
            from={{ companyId: clientId, filter: asked.filter, orderBy: asked.orderBy }}
          />
        </>
      }
      filters={
        <>
          <Filters>
            <Tabs
              label={i18n.t("Book")}
              controls="book"
              value={asked.book}
              onChange={(id) => change({ book: id as VatBookKind, code: undefined })}
              tabs={[
                { id: "ISSUED", label: i18n.t("Invoices issued") },
                { id: "RECEIVED", label: i18n.t("Invoices received") },
              ]}
            />
            <YearChoice year={asked.year} onChange={(year) => change({ year })} />
            <Select
              aria-label={i18n.t("Period")}
              value={asked.period}
              onChange={(event) => change({ period: event.target.value as Period })}
            >
              {words.choosablePeriods.map((one) => (
                <option key={one} value={one}>
                  {words.period(one)}
                </option>
              ))}
            </Select>
            {asked.book === "RECEIVED" && (
              <Checkbox
                label={i18n.t("Only investment goods")}
                checked={search.investment ?? false}
                onChange={(event) => change({ investment: event.target.checked || undefined })}
              />
            )}
          </Filters>
          <BookTotals book={asked.book} totals={totals} code={search.code} onCode={(code) => change({ code })} />
        </>
      }
    >
      <Table
        label={asked.book === "ISSUED" ? i18n.t("Invoices issued") : i18n.t("Invoices received")}
        columns={columns}
        rows={list.rows}
        rowId={idOf}
        total={list.total}
        order={search.sort ?? "DATE_ASC"}
        onOrder={(order) => change({ sort: order === "DATE_ASC" ? undefined : (order as VatBookOrder) })}
        onOpen={({ documentId }) =>
          void navigate(rowPlace.document(clientId, asked.book === "ISSUED" ? "sales" : "purchases", documentId))
        }
        onMore={list.more}
        card={(row) => <RowCard row={row} columns={columns} />}
        empty={<EmptyState title={i18n.t("No invoice in this period.")} icon="document" />}
      />
    </ListScreen>
  );
}

const idOf = ({ id }: BookLine) => id;

function useColumns(clientId: string, book: VatBookKind): readonly Column<BookLine>[] {
  const i18n = useWords();
  const f = useFormats();
  const words = useTaxWords();
  return useMemo(() => {
    const side = book === "ISSUED" ? "sales" : "purchases";
    const amount = (id: "base" | "quota" | "surcharge" | "deductible" | "total", header: string): Column<BookLine> => ({
      id,
      header,
      width: "104px",
      align: "end",
      cell: (row) =>
        row.isSubstitute ? (
          <span className={styles.uncounted} title={i18n.t("Counted with the simplified invoices")}>
            ({f.money(row[id])})
          </span>
        ) : (
          f.money(row[id])
        ),
    });
    return [
      {
        id: "number",
        header: i18n.t("Number"),
        width: "150px",
        order: { up: "NUMBER_ASC", down: "NUMBER_DESC" },
        cell: ({ documentId, number, issuedOn, receivedOn, invoiceType, substitutes }) => (
          <>
            <Link {...rowPlace.document(clientId, side, documentId)}>{number ?? i18n.t("Without number")}</Link>
            {invoiceType.startsWith("R") && <small className={styles.mark}> {i18n.t("rectifying")}</small>}
            {receivedOn && <small className={styles.mark}> {i18n.t("of {day}", { day: f.date(issuedOn) })}</small>}
            {substitutes && (
              <small className={styles.mark} title={substitutes}>
                {" "}
                {i18n.t("in place of {numbers}", { numbers: substitutes })}
              </small>
            )}
          </>
        ),
      },
      { id: "type", header: i18n.t("Type"), width: "56px", cell: ({ invoiceType }) => invoiceType },
      {
        id: "date",
        header: i18n.t("Date"),
        width: "100px",
        order: { up: "DATE_ASC", down: "DATE_DESC" },
        cell: ({ taxOn }) => f.date(taxOn),
      },
      {
        id: "contact",
        header: i18n.t("Contact"),
        cell: ({ contactName, taxId }) => (
          <span title={contactName ?? undefined}>
            {contactName ?? "–"} <small className={styles.mark}>{taxId}</small>
          </span>
        ),
      },
      {
        id: "regime",
        header: i18n.t("Regime"),
        width: "130px",
        cell: ({ regime, isInvestment }) => (isInvestment ? i18n.t("Investment good") : words.regime(regime)),
      },
      { id: "rate", header: "%", width: "60px", align: "end", cell: ({ rate }) => f.decimal(rate) },
      amount("base", i18n.t("Base")),
      amount("quota", i18n.t("VAT")),
      ...(book === "ISSUED" ? [amount("surcharge", i18n.t("Surcharge"))] : [amount("deductible", i18n.t("Deductible"))]),
      amount("total", i18n.t("Total")),
    ];
  }, [i18n, f, words, clientId, book]);
}
