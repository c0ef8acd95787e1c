import { useFormats } from "@atrio/kit/format";
import type { Denial, Reading } from "@atrio/kit/graphql";
import { Denied, EmptyState, ErrorState, PageHeading, Skeleton } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { ExportList } from "../app/files";
import { useReadAccess } from "../app/useReadAccess";
import type { Scope } from "../gql/operations";
import { PeriodChoice } from "./PeriodChoice";
import styles from "./Reports.module.css";
import { type PeriodSearch, periodOf } from "./search";

interface Company {
  companyName: string;
  currency: string;
  years: readonly { year: number; startsOn: string; endsOn: string }[];
}

interface ReportScreenProps {
  clientId: string;
  heading: string;
  read: Pick<Reading<unknown>, "loading" | "failure" | "reload">;
  denied: Denial | undefined;
  scope?: Scope;
  company: Company | null | undefined;
  /** The days the report answered for; null when it has none. */
  days: { fromOn: string; toOn: string } | null | undefined;
  /** A report of a date has no first day. */
  asOf?: boolean;
  search: PeriodSearch;
  onChange: (part: PeriodSearch) => void;
  closings?: boolean;
  /** More choices beside the period. */
  choices?: ReactNode;
  /** The report as a file: its name among the exports, and what it asks for beside company and days. */
  file?: { name: string; more?: Readonly<Record<string, unknown>> };
  children: ReactNode;
}

/** Heading, period and one report with its other states; on paper company, title and period stand above it. */
export function ReportScreen(props: ReportScreenProps) {
  const { clientId, heading, company, days, search, onChange, file } = props;
  const i18n = useWords();
  return (
    <div className={styles.screen}>
      <div className={styles.head}>
        <PageHeading
          actions={
            file &&
            days && <ExportList name={file.name} from={{ companyId: clientId, from: days.fromOn, to: days.toOn, ...file.more }} />
          }
          detail={
            <span data-noprint>
              <Link to="/c/$clientId/reports" params={{ clientId }} search={periodOf(search)}>
                {i18n.t("Reports")}
              </Link>
            </span>
          }
        >
          {heading}
        </PageHeading>
        <PaperHead company={company} days={days} asOf={props.asOf} />
        <PeriodChoice
          years={company?.years ?? []}
          from={days?.fromOn ?? search.from}
          to={days?.toOn ?? search.to}
          search={search}
          onChange={onChange}
          closings={props.closings}
        >
          {props.choices}
        </PeriodChoice>
      </div>
      <div className={styles.panel}>
        <ReportState {...props} />
      </div>
    </div>
  );
}

function PaperHead({ company, days, asOf }: Pick<ReportScreenProps, "company" | "days" | "asOf">) {
  const i18n = useWords();
  const f = useFormats();
  if (!company || !days) return null;
  const [from, to] = [f.date(days.fromOn), f.date(days.toOn)];
  const period = asOf ? i18n.t("At {date}", { date: to }) : i18n.t("{from} to {to}", { from, to });
  return (
    <p className={styles.paperHead}>
      {company.companyName} · {period} · {company.currency}
    </p>
  );
}

function ReportState({ clientId, scope, read, denied, company, days, children }: ReportScreenProps) {
  const i18n = useWords();
  const closed = useReadAccess(clientId, scope ?? "REPORTS");
  const denial = denied ?? closed;
  if (denial) return <Denied denial={denial} />;
  if (read.loading) return <Skeleton rows={12} />;
  if (read.failure && !company) return <ErrorState failure={read.failure} onRetry={read.reload} />;
  if (company?.years.length === 0) return <EmptyState title={i18n.t("This company keeps no books yet.")} icon="journal" />;
  if (!days) return <EmptyState title={i18n.t("The period ends before it begins.")} icon="search" />;
  return children;
}
