import { type ReactNode, useEffect, useState } from "react";
import type { Denial, Failure } from "../graphql/denied";
import { useWords } from "../words/WordsProvider";
import { Button } from "./Button";
import { Icon, type IconName } from "./Icon";
import styles from "./states.module.css";

/** Whether `ms` have passed since the component stands; quick answers show no skeleton at all. */
function useAfter(ms: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return passed;
}

/** Bars where lines will stand, after 150 ms; takes the room at once so nothing jumps. */
export function Skeleton({ rows = 6 }: { rows?: number }) {
  const i18n = useWords();
  const visible = useAfter(150);
  return (
    <div className={styles.skeleton} data-visible={visible} role="status">
      <span className="unseen">{visible ? i18n.t("Loading") : ""}</span>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike and never move.
        <div key={index} className={styles.bar} />
      ))}
    </div>
  );
}

interface StateProps {
  icon: IconName;
  title: string;
  children?: ReactNode;
  act?: ReactNode;
  /** The state is the whole page, so its title is the page's. */
  page?: boolean;
}

function State({ icon, title, children, act, page }: StateProps) {
  return (
    <div className={styles.state}>
      <Icon name={icon} size={28} />
      {page ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children && <div className={styles.text}>{children}</div>}
      {act}
    </div>
  );
}

/** What will stand here, why it is empty, the one act that fills it. */
export function EmptyState({
  title,
  icon = "info",
  children,
  act,
}: {
  title: string;
  icon?: IconName;
  children?: ReactNode;
  act?: ReactNode;
}) {
  return (
    <State icon={icon} title={title} act={act}>
      {children}
    </State>
  );
}

/** Nothing left to do: calm praise and the way on. */
export function DoneState({ title, children, act }: { title: string; children?: ReactNode; act?: ReactNode }) {
  return (
    <State icon="check" title={title} act={act}>
      {children}
    </State>
  );
}

/** What failed, and the way to try again in place. */
export function ErrorState({ failure, onRetry, title }: { failure: Failure; onRetry?: () => void; title?: string }) {
  const i18n = useWords();
  const { offline, requestId, message } = failure;
  return (
    <div role="alert">
      <State
        icon="warn"
        title={title ?? (offline ? i18n.t("The server cannot be reached.") : i18n.t("This could not be loaded."))}
        act={onRetry && <Button onClick={onRetry}>{i18n.t("Try again")}</Button>}
      >
        <p>{offline ? i18n.t("Check the connection. Nothing you saved is lost.") : message}</p>
        {requestId && (
          <p>
            {i18n.t("Request number")} <code className={styles.code}>{requestId}</code>
          </p>
        )}
      </State>
    </div>
  );
}

/** A closed door: why, and who can open it. `compact` is a lock for table cells and counters. */
export function Denied({ denial, compact, onAsk }: { denial: Denial; compact?: boolean; onAsk?: () => void }) {
  const i18n = useWords();
  const roles = useRoleNames();
  const who = denial.grantors.map((name) => roles[name] ?? name).join(", ");
  const grantors = who && i18n.t("Who can open it: {who}", { who });
  if (compact) {
    const reason = [denial.message, grantors].filter(Boolean).join(" ");
    return (
      <span className={styles.lock} role="img" aria-label={`${i18n.t("No access.")} ${reason}`} title={reason}>
        <Icon name="lock" size={14} />
      </span>
    );
  }
  return (
    <State
      icon="lock"
      title={i18n.t("You have no access to this.")}
      act={onAsk && <Button onClick={onAsk}>{i18n.t("Ask for access")}</Button>}
    >
      <p>{denial.message}</p>
      {grantors && <p>{grantors}</p>}
    </State>
  );
}

/** Words for the roles of the contract; names of people pass through. */
export function useRoleNames(): Record<string, string> {
  const i18n = useWords();
  return {
    FIRM_OWNER: i18n.t("owner of the firm"),
    FIRM_ADMIN: i18n.t("administrator of the firm"),
    ACCOUNT_MANAGER: i18n.t("account manager"),
    BOOKKEEPER: i18n.t("bookkeeper"),
    CLIENT_OWNER: i18n.t("owner of the client company"),
    CLIENT_EMPLOYEE: i18n.t("employee of the client company"),
    PORTAL_CONTACT: i18n.t("portal contact"),
    PARTNER_APP: i18n.t("partner application"),
  };
}

export function NotFound({ act }: { act?: ReactNode }) {
  const i18n = useWords();
  return (
    <State icon="search" title={i18n.t("There is nothing at this address.")} act={act} page>
      {i18n.t("It may have been moved or removed, or it belongs to somebody else.")}
    </State>
  );
}
