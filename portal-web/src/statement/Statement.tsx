import { useFormats } from "@atrio/kit/format";
import { useRead } from "@atrio/kit/graphql";
import { Denied, EmptyState, ErrorState, NotFound, PageHeading, Skeleton, Table } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi } from "@tanstack/react-router";
import { ExportList } from "../app/files";
import { useViewer } from "../app/viewer";
import { thisYear, YearChoice } from "../app/year";
import { OwnStatement } from "../gql/operations";
import { Ages, Balance } from "./Balance";
import { type Line, useColumns } from "./columns";
import { LineCard } from "./LineCard";
import { periodOf } from "./period";
import styles from "./Statement.module.css";

const route = getRouteApi("/$slug/frame/statement");

/** What was invoiced to the contact, what it paid and what is left, day by day of one year. */
export function Statement() {
  const i18n = useWords();
  const f = useFormats();
  const { slug } = route.useParams();
  const { year = thisYear() } = route.useSearch();
  const navigate = route.useNavigate();
  const viewer = useViewer();
  const id = viewer?.contactId ?? "";
  const asked = { id, ...periodOf(year, thisYear()) };
  const read = useRead(OwnStatement, asked, id === "");
  const statement = read.data?.contact?.customerStatement;
  const denial = read.denials.at("contact.customerStatement") ?? read.denials.at("contact");
  const columns = useColumns(slug);
  return (
    <div className={styles.screen} data-stale={read.stale || undefined}>
      <PageHeading
        detail={statement && i18n.t("From {from} to {to}", { from: f.date(statement.fromOn), to: f.date(statement.toOn) })}
        actions={
          <div className={styles.actions}>
            <YearChoice year={year} onChange={(chosen) => void navigate({ search: { year: chosen } })} />
            {statement && <ExportList name="customerStatement" from={asked} />}
          </div>
        }
      >
        {i18n.t("Statement of account")}
      </PageHeading>
      {statement ? (
        <>
          <p className={styles.note}>
            {i18n.t("Your invoices and payments in the order of their days, with what was left to pay after each.")}
          </p>
          {statement.balances.map((balance) => (
            <Balance key={balance.currency} balance={balance} many={statement.balances.length > 1} />
          ))}
          <section aria-labelledby="movements">
            <h2 id="movements">{i18n.t("Invoices and payments")}</h2>
            <div className={styles.table}>
              <Table
                label={i18n.t("Invoices and payments")}
                columns={columns}
                rows={statement.lines}
                rowId={idOf}
                card={(row) => <LineCard row={row} slug={slug} />}
                empty={
                  <EmptyState title={i18n.t("Nothing was invoiced or paid in this year.")} icon="journal">
                    {i18n.t("Choose another year to see earlier invoices and payments.")}
                  </EmptyState>
                }
              />
            </div>
          </section>
          <Ages ageing={statement.ageing} to={statement.toOn} />
        </>
      ) : read.loading || !viewer ? (
        <Skeleton rows={10} />
      ) : denial ? (
        <Denied denial={denial} />
      ) : read.failure ? (
        <ErrorState failure={read.failure} onRetry={read.reload} />
      ) : (
        <NotFound />
      )}
    </div>
  );
}

const idOf = ({ id }: Line) => id;
