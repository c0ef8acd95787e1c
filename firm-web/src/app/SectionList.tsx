import { Icon } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import styles from "./Frame.module.css";
import type { Section } from "./sections";
import { useClientFrame } from "./viewer";

interface SectionListProps {
  sections: readonly Section[];
  clientId?: string | undefined;
  /** Stands after the sections: the way to the others. */
  children?: ReactNode;
}

/** Sections as links; one whose scope is not granted shows a lock. */
export function SectionList({ sections, clientId, children }: SectionListProps) {
  const i18n = useWords();
  const isLocked = useLocks(clientId);
  return (
    <ul>
      {sections.map(({ id, label, icon, to, scope }) => {
        const locked = isLocked(scope);
        return (
          <li key={id}>
            <Link
              to={to}
              className={styles.section}
              activeOptions={{ exact: id === "overview" || (id === "clients" && !clientId), includeSearch: false }}
              activeProps={{ "aria-current": "page" }}
            >
              <Icon name={locked ? "lock" : icon} />
              <span>{label}</span>
              {locked && <span className="unseen">{i18n.t("(no access)")}</span>}
            </Link>
          </li>
        );
      })}
      {children && <li>{children}</li>}
    </ul>
  );
}

/** Tells whether a section is closed in this client's books. */
export function useLocks(clientId: string | undefined): (scope: Section["scope"]) => boolean {
  const scopes = useClientFrame(clientId).data?.client?.grant.scopes;
  return (scope) => scope !== undefined && scopes !== undefined && !scopes.some((one) => one.scope === scope && one.view);
}
