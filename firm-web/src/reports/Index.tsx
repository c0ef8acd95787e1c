import { PageHeading } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import styles from "./Reports.module.css";

const route = getRouteApi("/frame/c/$clientId/reports");

/** Every report of the client; the period in the address goes along. */
export function ReportsScreen() {
  const i18n = useWords();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const reports = [
    {
      to: "/c/$clientId/reports/trial-balance",
      name: i18n.t("Trial balance"),
      about: i18n.t("Opening, movements and balance of every account, with sub-totals."),
    },
    {
      to: "/c/$clientId/reports/ledger",
      name: i18n.t("Ledger card"),
      about: i18n.t("Every line of an account with its running balance."),
    },
    {
      to: "/c/$clientId/reports/journal-book",
      name: i18n.t("Journal book"),
      about: i18n.t("Every posted entry by day and number."),
    },
    {
      to: "/c/$clientId/reports/balance-sheet",
      name: i18n.t("Balance sheet"),
      about: i18n.t("What the company owns and owes at the end of a day, with a year beside it."),
    },
    {
      to: "/c/$clientId/reports/profit-and-loss",
      name: i18n.t("Profit and loss"),
      about: i18n.t("Income and expense of a period, with another beside it."),
    },
    {
      to: "/c/$clientId/reports/ageing",
      name: i18n.t("Ageing"),
      about: i18n.t("Open invoices of customers and suppliers by how long they have been due."),
    },
    {
      to: "/c/$clientId/reports/ratios",
      name: i18n.t("Ratios"),
      about: i18n.t("Liquidity, structure, return and cycle, with formula and inputs."),
    },
  ] as const;
  return (
    <div className={styles.index}>
      <PageHeading>{i18n.t("Reports")}</PageHeading>
      <ul className={styles.list}>
        {reports.map(({ to, name, about }) => (
          <li key={to}>
            <Link to={to} params={{ clientId }} search={search}>
              {name}
            </Link>
            <p>{about}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
