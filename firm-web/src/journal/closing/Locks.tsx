import { useFormats } from "@atrio/kit/format";
import { useRead, useWrite } from "@atrio/kit/graphql";
import { Button, PageHeading, Status, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { ReadState } from "../../app/Screen";
import screen from "../../app/Screen.module.css";
import { useWriteAccess } from "../../app/useWriteAccess";
import { EndLockException, type PeriodLockKind, PeriodLocksPage, type PeriodLocksPageQuery } from "../../gql/operations";
import styles from "./Closing.module.css";
import { ExceptionDialog, MoveDialog } from "./LockDialogs";
import { useClosingWords } from "./words";

type Locks = PeriodLocksPageQuery["periodLocks"];
type Exceptions = NonNullable<PeriodLocksPageQuery["lockExceptions"]>;
type Changes = NonNullable<PeriodLocksPageQuery["lockChanges"]>;

const route = getRouteApi("/frame/c/$clientId/journal/locks");
const KINDS = ["SOFT", "TAX", "HARD"] as const satisfies readonly PeriodLockKind[];

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
        <LockList clientId={clientId} locks={read.data?.periodLocks ?? null} />
        <ExceptionList clientId={clientId} exceptions={read.data?.lockExceptions ?? []} />
        <ChangeLog changes={read.data?.lockChanges ?? []} />
      </ReadState>
    </div>
  );
}

function LockList({ clientId, locks }: { clientId: string; locks: Locks }) {
  const i18n = useWords();
  const f = useFormats();
  const words = useClosingWords();
  const denied = useWriteAccess(clientId, "PERIOD_LOCKS", "edit");
  const [moving, setMoving] = useState<PeriodLockKind>();
  const until: Record<PeriodLockKind, string | null | undefined> = {
    SOFT: locks?.softUntil,
    TAX: locks?.taxUntil,
    HARD: locks?.hardUntil,
  };
  return (
    <section className={styles.section} aria-labelledby="locks">
      <h2 id="locks">{i18n.t("Locked until")}</h2>
      <ul className={styles.list}>
        {KINDS.map((kind) => (
          <li key={kind} className={styles.item}>
            <div>
              <strong>{words.locks[kind].name}</strong>
              <div className={styles.quiet}>{words.locks[kind].note}</div>
            </div>
            <span className="tabular">{until[kind] ? f.date(until[kind]) : i18n.t("Open")}</span>
            <Button denied={denied} onClick={() => setMoving(kind)}>
              {i18n.t("Move…")}
            </Button>
          </li>
        ))}
      </ul>
      {moving && (
        <MoveDialog clientId={clientId} lock={moving} until={until[moving] ?? null} onClose={() => setMoving(undefined)} />
      )}
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
              <strong>{one.forName || i18n.t("Everybody who may post")}</strong> · {words.locks[one.lock].name}
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
              <strong>{words.acts[one.act]}</strong> · {words.locks[one.lock].name}
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
