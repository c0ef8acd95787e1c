import { isZero, useFormats } from "@atrio/kit/format";
import { useRead } from "@atrio/kit/graphql";
import { BarChart, Denied, DoneState, ErrorState, Icon, PageHeading, Skeleton } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { StatementLink } from "../app/StatementLink";
import { useOwnCompany, useViewer } from "../app/viewer";
import way from "../app/Way.module.css";
import { thisYear, YearChoice } from "../app/year";
import { PortalHome, type PortalHomeQuery } from "../gql/operations";
import styles from "./Home.module.css";

type Figures = NonNullable<PortalHomeQuery["portalHome"]>;

const route = getRouteApi("/$slug/frame/");

/** First what is asked of the contact, then the figures of one year. */
export function Home() {
  const i18n = useWords();
  const viewer = useViewer();
  const company = useOwnCompany();
  const { year = thisYear() } = route.useSearch();
  const navigate = route.useNavigate();
  const home = useRead(PortalHome, { year });
  const figures = home.data?.portalHome;
  const denial = home.denials.at("portalHome");
  return (
    <div className={styles.home}>
      <PageHeading
        detail={viewer && viewer.name !== company ? company : undefined}
        actions={<YearChoice year={year} onChange={(chosen) => void navigate({ search: { year: chosen } })} />}
      >
        {viewer ? i18n.t("Hello, {name}", { name: viewer.name }) : i18n.t("Hello")}
      </PageHeading>
      {home.loading ? (
        <Skeleton rows={8} />
      ) : figures ? (
        <>
          <Asked figures={figures} />
          <StatementLink />
          <FigureList figures={figures} />
          <Months figures={figures} />
        </>
      ) : denial ? (
        <Denied denial={denial} />
      ) : (
        home.failure && <ErrorState failure={home.failure} onRetry={home.reload} />
      )}
    </div>
  );
}

function Asked({ figures: { pendingEstimates, outstandingTotal, currency } }: { figures: Figures }) {
  const i18n = useWords();
  const f = useFormats();
  const { slug } = route.useParams();
  const owed = !isZero(outstandingTotal);
  if (pendingEstimates === 0 && !owed) return <DoneState title={i18n.t("Nothing is asked of you.")} />;
  return (
    <section aria-labelledby="asked">
      <h2 id="asked">{i18n.t("What waits for you")}</h2>
      <ul className={styles.asked}>
        {pendingEstimates > 0 && (
          <li>
            <Link to="/$slug/documents" params={{ slug }} search={{ type: "ESTIMATE" }} className={way.way}>
              <Icon name="document" size={20} />
              <span>
                {i18n.t("{count, plural, one {# estimate to answer} other {# estimates to answer}}", { count: pendingEstimates })}
              </span>
              <Icon name="right" size={20} />
            </Link>
          </li>
        )}
        {owed && (
          <li>
            <Link
              to="/$slug/documents"
              params={{ slug }}
              search={{ type: "SALES_INVOICE", sort: "OUTSTANDING_DESC" }}
              className={way.way}
            >
              <Icon name="wait" size={20} />
              <span>{i18n.t("{amount} left to pay", { amount: f.money(outstandingTotal, currency) })}</span>
              <Icon name="right" size={20} />
            </Link>
          </li>
        )}
      </ul>
    </section>
  );
}

function FigureList({ figures }: { figures: Figures }) {
  const i18n = useWords();
  const f = useFormats();
  const { currency } = figures;
  const orDash = (value: string | null | undefined, print: (text: string) => string) => (value == null ? "–" : print(value));
  const money = (value: string) => f.money(value, currency);
  const list: [label: string, value: string][] = [
    [i18n.t("Received this year"), money(figures.receivedTotal)],
    [i18n.t("Left to pay"), money(figures.outstandingTotal)],
    [i18n.t("Estimates waiting"), f.count(figures.pendingEstimates)],
    [i18n.t("Invoices this year"), f.count(figures.invoiceCount)],
    [i18n.t("Average invoice"), orDash(figures.averageInvoice, money)],
    [i18n.t("Products per invoice"), orDash(figures.productsPerInvoice, (value) => f.decimal(value, 1))],
    [i18n.t("Days to pay, on average"), orDash(figures.averagePaymentDays, (value) => f.decimal(value, 0))],
  ];
  return (
    <section aria-labelledby="figures">
      <h2 id="figures">{i18n.t("The year {year} in figures", { year: String(figures.year) })}</h2>
      <dl className={styles.figures}>
        {list.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Months({ figures: { salesAndEstimatesByMonth, currency } }: { figures: Figures }) {
  const i18n = useWords();
  const f = useFormats();
  const groups = useMemo(
    () =>
      salesAndEstimatesByMonth.map(({ month, sales, estimates }) => ({
        label: f.month(month).replace(".", ""),
        name: f.month(month, "long"),
        values: [sales, estimates],
      })),
    [salesAndEstimatesByMonth, f],
  );
  return (
    <BarChart
      title={i18n.t("Invoices and estimates per month")}
      series={[i18n.t("Invoices"), i18n.t("Estimates")]}
      groups={groups}
      format={(value) => f.money(value, currency)}
      emptyNote={i18n.t("Nothing was issued to you in this year.")}
    />
  );
}
