import { isZero, useFormats } from "@atrio/kit/format";
import { useRead } from "@atrio/kit/graphql";
import { type Column, EmptyState, NotFound, PageHeading, Table, Tabs } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { ExportList } from "../app/files";
import { PeriodFields } from "../app/list/PeriodFields";
import { rowPlace } from "../app/places";
import { Filters, ReadState, RowCard } from "../app/Screen";
import screen from "../app/Screen.module.css";
import { CustomerStatement, type StatementPartsFragment, SupplierStatement } from "../gql/operations";
import styles from "./Contacts.module.css";
import type { StatementSearch } from "./search";

type Line = StatementPartsFragment["lines"][number];

const route = getRouteApi("/frame/c/$clientId/contacts/$contactId/statement");

/** What a contact owes or is owed: documents and payments of a period, and how old is what is open. */
export function StatementScreen() {
  return route.useSearch().side === "purchases" ? <OfSupplier /> : <OfCustomer />;
}

function OfCustomer() {
  const { contactId } = route.useParams();
  const { from, to } = route.useSearch();
  const read = useRead(CustomerStatement, { id: contactId, from, to });
  const contact = read.data?.contact;
  return <Page read={read} field="customerStatement" contact={contact} statement={contact?.customerStatement} />;
}

function OfSupplier() {
  const { contactId } = route.useParams();
  const { from, to } = route.useSearch();
  const read = useRead(SupplierStatement, { id: contactId, from, to });
  const contact = read.data?.contact;
  return <Page read={read} field="supplierStatement" contact={contact} statement={contact?.supplierStatement} />;
}

interface PageProps {
  read: ReturnType<typeof useRead>;
  field: "customerStatement" | "supplierStatement";
  contact: { name: string } | null | undefined;
  statement: StatementPartsFragment | null | undefined;
}

function Page({ read, field, contact, statement }: PageProps) {
  const i18n = useWords();
  const { clientId, contactId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const side = search.side ?? "sales";
  const columns = useColumns(clientId, side);
  const change = (part: Partial<StatementSearch>) => void navigate({ search: (now) => ({ ...now, ...part }), replace: true });
  return (
    <div className={screen.page}>
      <nav aria-label={i18n.t("Where you are")} className={styles.trail}>
        <Link {...rowPlace.contact(clientId, contactId)}>{contact?.name ?? i18n.t("Contacts")}</Link>
      </nav>
      <PageHeading actions={<ExportList name={field} from={{ id: contactId, from: search.from, to: search.to }} />}>
        {i18n.t("Statement of account")}
      </PageHeading>
      <Filters>
        <Tabs
          label={i18n.t("Side of the statement")}
          controls="statement"
          value={side}
          onChange={(id) => change({ side: id === "purchases" ? "purchases" : undefined })}
          tabs={[
            { id: "sales", label: i18n.t("As a customer") },
            { id: "purchases", label: i18n.t("As a supplier") },
          ]}
        />
        <PeriodFields from={search.from} to={search.to} onChange={change} />
      </Filters>
      <div id="statement" role="tabpanel" aria-label={i18n.t("Statement of account")} className={styles.section}>
        <ReadState read={read} at="contact">
          <ReadState read={read} at={`contact.${field}`}>
            {!contact ? (
              <NotFound />
            ) : !statement ? (
              <EmptyState title={i18n.t("The period ends before it begins.")} icon="document" />
            ) : (
              <>
                {statement.balances.map((balance) => (
                  <Figures
                    key={balance.currency}
                    balance={balance}
                    ageing={statement.ageing.find(({ currency }) => currency === balance.currency)}
                  />
                ))}
                <Table
                  label={i18n.t("Documents and payments")}
                  columns={columns}
                  rows={statement.lines}
                  rowId={idOf}
                  card={(row) => <RowCard row={row} columns={columns} />}
                  empty={<EmptyState title={i18n.t("Nothing moved in this period.")} icon="document" />}
                />
              </>
            )}
          </ReadState>
        </ReadState>
      </div>
    </div>
  );
}

const idOf = ({ id }: Line) => id;

/** Balance and ages of one currency. */
function Figures({
  balance,
  ageing,
}: {
  balance: StatementPartsFragment["balances"][number];
  ageing: StatementPartsFragment["ageing"][number] | undefined;
}) {
  const i18n = useWords();
  const f = useFormats();
  const { currency } = balance;
  const facts: readonly [string, string][] = [
    [i18n.t("Opening balance"), balance.opening],
    [i18n.t("Charged"), balance.charged],
    [i18n.t("Paid"), balance.paid],
    [i18n.t("Closing balance"), balance.closing],
  ];
  const ages: readonly [string, string][] = ageing
    ? [
        [i18n.t("Not due"), ageing.notDue],
        [i18n.t("1 to 30 days overdue"), ageing.days30],
        [i18n.t("31 to 60 days"), ageing.days60],
        [i18n.t("61 to 90 days"), ageing.days90],
        [i18n.t("More than 90 days"), ageing.older],
      ]
    : [];
  return (
    <div className={styles.figures}>
      {[facts, ages].map((group, at) => (
        <dl key={group[0]?.[0] ?? at} className={styles.figureRow}>
          {group.map(([label, amount]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd className="tabular">{f.money(amount, currency)}</dd>
            </div>
          ))}
        </dl>
      ))}
    </div>
  );
}

function useColumns(clientId: string, side: "sales" | "purchases"): readonly Column<Line>[] {
  const i18n = useWords();
  const f = useFormats();
  return useMemo(() => {
    const kinds: Record<Line["kind"], string> = {
      SALES_INVOICE: i18n.t("Sales invoice"),
      PURCHASE_INVOICE: i18n.t("Purchase invoice"),
      EXPENSE: i18n.t("Expense"),
      PAYMENT: i18n.t("Payment"),
    };
    const amount = (value: string, currency: string) => (isZero(value) ? "" : f.money(value, currency));
    return [
      { id: "date", header: i18n.t("Date"), width: "104px", cell: (row) => f.date(row.movedOn) },
      { id: "kind", header: i18n.t("Kind"), width: "170px", cell: (row) => kinds[row.kind] },
      {
        id: "number",
        header: i18n.t("Number"),
        cell: (row) => <Link {...rowPlace.document(clientId, side, row.documentId)}>{row.number ?? i18n.t("no number")}</Link>,
      },
      { id: "due", header: i18n.t("Due"), width: "104px", align: "end", cell: (row) => (row.dueOn ? f.date(row.dueOn) : "") },
      { id: "charge", header: i18n.t("Charge"), width: "130px", align: "end", cell: (row) => amount(row.charge, row.currency) },
      {
        id: "payment",
        header: i18n.t("Payment"),
        width: "130px",
        align: "end",
        cell: (row) => amount(row.payment, row.currency),
      },
      {
        id: "balance",
        header: i18n.t("Balance"),
        width: "130px",
        align: "end",
        cell: (row) => f.money(row.balance, row.currency),
      },
    ];
  }, [i18n, f, clientId, side]);
}
