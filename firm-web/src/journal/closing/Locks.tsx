import { useFormats } from "@atrio/kit/format";
import { useRead, useWrite } from "@atrio/kit/graphql";
import { Button, PageHeading, Status, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { ReadState } from "../../app/Screen";
import screen from "../../app/Screen.module.css";
import { useWriteAccess } from "../../app/useWriteAccess";
import { type Daybook, EndLockException, PeriodLocksPage, type PeriodLocksPageQuery } from "../../gql/operations";
import styles from "./Closing.module.css";
import { ExceptionDialog, MoveDialog } from "./LockDialogs";
import { type Named, useClosingWords } from "./words";

type Locks = PeriodLocksPageQuery["periodLocks"];
type DaybookLocks = NonNullable<PeriodLocksPageQuery["daybookLocks"]>;
type Exceptions = NonNullable<PeriodLocksPageQuery["lockExceptions"]>;
type Changes = NonNullable<PeriodLocksPageQuery["lockChanges"]>;

const route = getRouteApi("/frame/c/$clientId/journal/locks");
const DAYBOOKS = ["SALES", "PURCHASES", "BANK", "GENERAL"] as const satisfies readonly Daybook[];

/** A lock and where it stands. */
interface Standing extends Named {
  until: string | null;
}

/** Until when the books are locked, who may pass for a while, and the log that the client reads too. */
export function LocksScreen() {
  const i18n = useWords();
  const { clientId } = route.useParams();
  const read = useRead(PeriodLocksPage, { companyId: clientId });
  return (
    <div className={screen.page}>
      <nav aria-label={i18n.t("Where you are")}>
        <Link to="/c/$clientId/journal" params={{ clientId }}>
          {i18n.t("Journal")}
        </Link>
      </nav>
      <PageHeading>{i18n.t("Period locks")}</PageHeading>
      <ReadState read={read} at="lockChanges">
        <LockList clientId={clientId} locks={read.data?.periodLocks ?? null} daybooks={read.data?.daybookLocks ?? []} />
        <ExceptionList clientId={clientId} exceptions={read.data?.lockExceptions ?? []} />
        <ChangeLog changes={read.data?.lockChanges ?? []} />
      </ReadState>
    </div>
  );
}

function LockList({ clientId, locks, daybooks }: { clientId: string; locks: Locks; daybooks: DaybookLocks }) {
  const i18n = useWords();
  const f = useFormats();
  const words = useClosingWords();
  const denied = useWriteAccess(clientId, "PERIOD_LOCKS", "edit");
  const [moving, setMoving] = useState<Standing>();
  const all: readonly Standing[] = [
    { lock: "SOFT", until: locks?.softUntil ?? null },
    ...DAYBOOKS.map((daybook) => ({
      lock: "SOFT" as const,
      daybook,
      until: daybooks.find((one) => one.daybook === daybook)?.softUntil ?? null,
    })),
    { lock: "TAX", until: locks?.taxUntil ?? null },
    { lock: "HARD", until: locks?.hardUntil ?? null },
  ];
  return (
    <section className={styles.section} aria-labelledby="locks">
      <h2 id="locks">{i18n.t("Locked until")}</h2>
      <ul className={styles.list}>
        {all.map((one) => (
          <li key={words.nameOf(one)} className={one.daybook ? `${styles.item} ${styles.part}` : styles.item}>
            <div>
              {one.daybook ? (
                <span>{words.daybooks[one.daybook]}</span>
              ) : (
                <>
                  <strong>{words.locks[one.lock].name}</strong>
                  <div className={styles.quiet}>{words.locks[one.lock].note}</div>
                </>
              )}
            </div>
            <span className="tabular">{one.until ? f.date(one.until) : i18n.t("Open")}</span>
            <Button
              denied={denied}
              aria-label={i18n.t("Move: {lock}", { lock: words.nameOf(one) })}
              onClick={() => setMoving(one)}
            >
              {i18n.t("Move…")}
            </Button>
          </li>
        ))}
      </ul>
      {moving && <MoveDialog clientId={clientId} moved={moving} until={moving.until} onClose={() => setMoving(undefined)} />}
    </section>
  );
}

function ExceptionList({ clientId, exceptions }: { clientId: string; exceptions: Exceptions }) {
  const i18n = useWords();
  const f = useFormats();
  const words = useClosingWords();
  const denied = useWriteAccess(clientId, "PERIOD_LOCKS", "approve");
  const [granting, setGranting] = useState(false);
  const [end, ending] = useWrite(EndLockException);
  const stop = async (id: string) => {
    const { data, failure, denials } = await end({ id });
    const said = failure?.message ?? data?.endLockException?.refusals[0]?.message ?? denials.at("endLockException")?.message;
    sayDone(said === undefined ? { text: i18n.t("Exception ended.") } : { text: said, tone: "bad" });
  };
  return (
    <section className={styles.section} aria-labelledby="exceptions">
      <h2 id="exceptions">{i18n.t("Exceptions")}</h2>
      {exceptions.length === 0 && <p className={styles.quiet}>{i18n.t("Nobody may work behind a lock.")}</p>}
      <ul className={styles.list}>
        {exceptions.map((one) => (
          <li key={one.id} className={styles.item}>
            <div>
              <strong>{one.forName || i18n.t("Everybody who may post")}</strong> · {words.nameOf(one)}
              <div>{one.reason}</div>
              <div className={styles.quiet}>
                {i18n.t("Granted by {name} on {when}", { name: one.grantedByName, when: f.instant(one.grantedAt) })}
              </div>
            </div>
            {one.isLive ? (
              <Status tone="wait">{i18n.t("Until {when}", { when: f.instant(one.untilAt) })}</Status>
            ) : (
              <Status tone="quiet">{i18n.t("Over since {when}", { when: f.instant(one.endedAt ?? one.untilAt) })}</Status>
            )}
            {one.isLive ? (
              <Button denied={denied} busy={ending} onClick={() => void stop(one.id)}>
                {i18n.t("End now")}
              </Button>
            ) : (
              <span />
            )}
          </li>
        ))}
      </ul>
      <div>
        <Button icon="plus" denied={denied} onClick={() => setGranting(true)}>
          {i18n.t("Let somebody through…")}
        </Button>
      </div>
      {granting && <ExceptionDialog clientId={clientId} onClose={() => setGranting(false)} />}
    </section>
  );
}

function ChangeLog({ changes }: { changes: Changes }) {
  const i18n = useWords();
  const f = useFormats();
  const words = useClosingWords();
  return (
    <section className={styles.section} aria-labelledby="log">
      <h2 id="log">{i18n.t("Log")}</h2>
      <p className={styles.quiet}>{i18n.t("The client reads it too. Nothing in it is ever changed.")}</p>
      <ul className={styles.list}>
        {changes.map((one) => (
          <li key={one.id} className={styles.logged}>
            <span className={styles.quiet}>{f.instant(one.changedAt)}</span>
            <div>
              <strong>{words.acts[one.act]}</strong> · {words.nameOf(one)}
              {(one.beforeOn || one.afterOn) && (
                <span className="tabular">
                  {" "}
                  {one.beforeOn ? f.date(one.beforeOn) : i18n.t("Open")} → {one.afterOn ? f.date(one.afterOn) : i18n.t("Open")}
                </span>
              )}
              {one.reason && <div>{one.reason}</div>}
              <div className={styles.quiet}>{one.changedByName}</div>
            </div>
          </li>
        ))}
      </ul>
      {changes.length === 0 && <p className={styles.quiet}>{i18n.t("No lock was ever moved.")}</p>}
    </section>
  );
}
