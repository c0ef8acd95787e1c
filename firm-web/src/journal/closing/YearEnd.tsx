import { useFormats } from "@atrio/kit/format";
import { useRead, useWrite } from "@atrio/kit/graphql";
import { Button, DoneState, EmptyState, PageHeading, Status, sayDone, Tabs } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { rowPlace } from "../../app/places";
import { ReadState } from "../../app/Screen";
import screen from "../../app/Screen.module.css";
import { useWriteAccess } from "../../app/useWriteAccess";
import { ClosingChecks, type ClosingChecksQuery, FiscalYears, type FiscalYearsQuery, OpenFiscalYear } from "../../gql/operations";
import { useJournalWords } from "../words";
import styles from "./Closing.module.css";
import { DaysDialog } from "./DaysDialog";
import { useClosingWords } from "./words";
import { CloseDialog, ReopenDialog } from "./YearDialogs";

type Year = NonNullable<FiscalYearsQuery["fiscalYears"]>[number];
type Check = NonNullable<ClosingChecksQuery["closingChecks"]>[number];

const route = getRouteApi("/frame/c/$clientId/journal/closing");

/** The end of a year: what it still needs, closing it, and what that posted. */
export function YearEndScreen() {
  const i18n = useWords();
  const { clientId } = route.useParams();
  const { year: asked } = route.useSearch();
  const navigate = route.useNavigate();
  const read = useRead(FiscalYears, { companyId: clientId });
  const years = read.data?.fiscalYears ?? [];
  const shown = years.find(({ year }) => year === asked) ?? years.findLast(({ closedAt }) => closedAt === null) ?? years[0];
  return (
    <div className={screen.page}>
      <nav aria-label={i18n.t("Where you are")}>
        <Link to="/c/$clientId/journal" params={{ clientId }}>
          {i18n.t("Journal")}
        </Link>
      </nav>
      <PageHeading actions={<OpenNext clientId={clientId} years={years} />}>{i18n.t("Year end")}</PageHeading>
      <ReadState read={read} at="fiscalYears">
        {shown ? (
          <>
            <Tabs
              label={i18n.t("Fiscal years")}
              controls="year"
              value={String(shown.year)}
              onChange={(id) => void navigate({ search: { year: Number(id) }, replace: true })}
              tabs={years.map(({ year }) => ({ id: String(year), label: String(year) }))}
            />
            <div id="year" role="tabpanel" aria-label={String(shown.year)} className={styles.year}>
              <YearHead clientId={clientId} year={shown} years={years} />
              <ClosingEntries clientId={clientId} year={shown} />
              <Files year={shown} />
            </div>
          </>
        ) : (
          <EmptyState title={i18n.t("No fiscal year is open yet.")} icon="journal" />
        )}
      </ReadState>
    </div>
  );
}

function YearHead({ clientId, year, years }: { clientId: string; year: Year; years: readonly Year[] }) {
  const i18n = useWords();
  const f = useFormats();
  const denied = useWriteAccess(clientId, "PERIOD_LOCKS", "edit");
  const [asking, setAsking] = useState(false);
  const lastClosed = years.find(({ closedAt }) => closedAt !== null);
  if (year.closedAt === null) return <OpenYear clientId={clientId} year={year} />;
  return (
    <section className={styles.section}>
      <p>
        <Status tone="good">{i18n.t("Closed on {when}", { when: f.instant(year.closedAt) })}</Status>
      </p>
      <div>
        <Button
          kind="danger"
          denied={denied ?? (lastClosed?.year === year.year ? undefined : i18n.t("Only the last closed year can be reopened."))}
          onClick={() => setAsking(true)}
        >
          {i18n.t("Reopen…")}
        </Button>
      </div>
      {asking && <ReopenDialog clientId={clientId} year={year.year} onClose={() => setAsking(false)} />}
    </section>
  );
}

function OpenYear({ clientId, year }: { clientId: string; year: Year }) {
  const i18n = useWords();
  const f = useFormats();
  const read = useRead(ClosingChecks, { companyId: clientId, year: year.year });
  const denied = useWriteAccess(clientId, "PERIOD_LOCKS", "edit");
  const noDays = useWriteAccess(clientId, "JOURNAL", "approve");
  const [asking, setAsking] = useState(false);
  const [dating, setDating] = useState(false);
  const checks = read.data?.closingChecks ?? [];
  const open = checks.filter(({ count, isBlocking }) => isBlocking && count !== null && count > 0);
  const allShown = checks.every(({ count }) => count !== null);
  return (
    <section className={styles.section} aria-labelledby="checks">
      <h2 id="checks">{i18n.t("Before closing")}</h2>
      <p className={styles.links}>
        <span className={styles.quiet}>{i18n.t("{from} to {to}", { from: f.date(year.startsOn), to: f.date(year.endsOn) })}</span>
        <Button kind="bare" denied={noDays} onClick={() => setDating(true)}>
          {i18n.t("Change the days…")}
        </Button>
      </p>
      <ReadState read={read} at="closingChecks">
        <ul className={styles.list}>
          {checks.map((check) => (
            <CheckRow key={check.code} clientId={clientId} year={year} check={check} />
          ))}
        </ul>
        {allShown && open.length === 0 && <DoneState title={i18n.t("The year can be closed.")} />}
        <div>
          <Button
            kind="primary"
            denied={denied ?? (open.length > 0 ? i18n.t("Finish what the checks list first.") : undefined)}
            onClick={() => setAsking(true)}
          >
            {i18n.t("Close {year}…", { year: String(year.year) })}
          </Button>
        </div>
      </ReadState>
      {asking && <CloseDialog clientId={clientId} year={year.year} onClose={() => setAsking(false)} />}
      {dating && <DaysDialog clientId={clientId} year={year} onClose={() => setDating(false)} />}
    </section>
  );
}

function CheckRow({ clientId, year, check }: { clientId: string; year: Year; check: Check }) {
  const i18n = useWords();
  const f = useFormats();
  const words = useClosingWords();
  const period = { from: year.startsOn, to: year.endsOn };
  const journal = { to: "/c/$clientId/journal", params: { clientId } } as const;
  const links: Record<string, React.ReactNode> = {
    DRAFTS: (
      <Link {...journal} search={{ state: "DRAFT", ...period }}>
        {i18n.t("Show")}
      </Link>
    ),
    SUSPENSE: (
      <Link to="/c/$clientId/journal/accounts" params={{ clientId }} search={{ q: "555", used: true }}>
        {i18n.t("Show")}
      </Link>
    ),
    UNPOSTED_DOCUMENTS: (
      <span className={styles.links}>
        <Link {...rowPlace.unpostedIn(clientId, "sales", period)}>{i18n.t("Sales")}</Link>
        <Link {...rowPlace.unpostedIn(clientId, "purchases", period)}>{i18n.t("Purchases")}</Link>
      </span>
    ),
    EARLIER_YEARS_OPEN: (
      <Link to="/c/$clientId/journal/closing" params={{ clientId }} search={{ year: year.year - 1 }}>
        {i18n.t("Show")}
      </Link>
    ),
  };
  return (
    <li className={styles.item}>
      <span>
        {words.check(check.code)}
        {check.amount && <span className={styles.quiet}> · {f.money(check.amount)}</span>}
      </span>
      {check.count === null ? (
        <Status tone="quiet">{i18n.t("(no access)")}</Status>
      ) : check.count === 0 ? (
        <Status tone="good">{i18n.t("None")}</Status>
      ) : (
        <Status tone={check.isBlocking ? "bad" : "wait"}>{f.count(check.count)}</Status>
      )}
      {check.count ? (links[check.code] ?? <span />) : <span />}
    </li>
  );
}

function ClosingEntries({ clientId, year }: { clientId: string; year: Year }) {
  const i18n = useWords();
  const f = useFormats();
  const words = useJournalWords();
  const entries = year.closingEntries ?? [];
  if (entries.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="entries">
      <h2 id="entries">{i18n.t("Entries of the closing")}</h2>
      <ul className={styles.list}>
        {entries.map((entry) => (
          <li key={entry.id} className={styles.item}>
            <span>
              <Link {...rowPlace.entry(clientId, entry.id)}>{words.source(entry.source)}</Link>{" "}
              <span className={styles.quiet}>
                {f.date(entry.entryOn)} ·{" "}
                {i18n.t("Entry {number} of {year}", { number: entry.number ?? 0, year: String(entry.fiscalYear) })}
              </span>
            </span>
            <Status tone={words.states[entry.state].tone}>{words.states[entry.state].word}</Status>
            <span className="tabular">{f.money(entry.total)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The posted entries as text for other programs. */
function Files({ year }: { year: Year }) {
  const i18n = useWords();
  return (
    <section className={styles.section} aria-labelledby="files">
      <h2 id="files">{i18n.t("The year as a file")}</h2>
      <p className={styles.quiet}>{i18n.t("All posted entries as plain text, to be checked by another program.")}</p>
      <p className={styles.links}>
        {year.beancountUrl && <a href={year.beancountUrl}>beancount</a>}
        {year.hledgerUrl && <a href={year.hledgerUrl}>hledger</a>}
      </p>
    </section>
  );
}

function OpenNext({ clientId, years }: { clientId: string; years: readonly Year[] }) {
  const i18n = useWords();
  const denied = useWriteAccess(clientId, "JOURNAL", "approve");
  const [open, opening] = useWrite(OpenFiscalYear);
  const last = years[0];
  if (!last) return null;
  const next = last.year + 1;
  const run = async () => {
    const { data, failure, denials } = await open({ companyId: clientId, year: next });
    const said = failure?.message ?? data?.openFiscalYear?.refusals[0]?.message ?? denials.at("openFiscalYear")?.message;
    if (said !== undefined) return sayDone({ text: said, tone: "bad" });
    sayDone({ text: i18n.t("The fiscal year {year} is open.", { year: String(next) }) });
  };
  return (
    <Button denied={denied} busy={opening} onClick={() => void run()}>
      {i18n.t("Open {year}", { year: String(next) })}
    </Button>
  );
}
