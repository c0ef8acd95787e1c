import { useFormats } from "@atrio/kit/format";
import type { Denials } from "@atrio/kit/graphql";
import { Denied } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import type { ClientAccount } from "./ClientPage";
import styles from "./ClientPage.module.css";

type Figure = "bankBalance" | "income" | "expense" | "result" | "receivable" | "payable";

/** The screen that a figure is the sum of. */
const BEHIND: Record<Figure, string> = {
  bankBalance: "bank",
  income: "reports/profit-and-loss",
  expense: "reports/profit-and-loss",
  result: "reports/profit-and-loss",
  receivable: "reports/ageing",
  payable: "reports/ageing",
};

/** How the business stands, from posted entries of the current fiscal year; each figure opens what is behind it. */
export function Figures({ client, denials }: { client: ClientAccount; denials: Denials }) {
  const i18n = useWords();
  const f = useFormats();
  const denial = denials.at("client.overview", { companyId: client.id });
  const overview = client.overview;
  const labels: Record<Figure, string> = {
    bankBalance: i18n.t("At the banks"),
    income: i18n.t("Income this year"),
    expense: i18n.t("Expense this year"),
    result: i18n.t("Result this year"),
    receivable: i18n.t("Customers owe"),
    payable: i18n.t("Owed to suppliers"),
  };
  const value = (figure: Figure) => {
    const closed = denials.at(`client.overview.${figure}`, { companyId: client.id });
    if (closed) return <Denied denial={closed} compact />;
    const amount = overview?.[figure];
    if (!amount) return "–";
    const place: { to: string; search: object } = {
      to: `/c/${client.id}/${BEHIND[figure]}`,
      search: figure === "payable" ? { side: "PAYABLE" } : {},
    };
    return <Link {...place}>{f.money(amount, overview.currency)}</Link>;
  };
  return (
    <section className={styles.section} aria-labelledby="figures">
      <div className={styles.sectionHead}>
        <h2 id="figures">{i18n.t("State of the business")}</h2>
      </div>
      {denial ? (
        <Denied denial={denial} />
      ) : (
        <dl className={styles.figures}>
          {(Object.keys(labels) as Figure[]).map((figure) => (
            <div key={figure}>
              <dt>{labels[figure]}</dt>
              <dd>{value(figure)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
