import { Menu, type MenuItem } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useLocation, useNavigate } from "@tanstack/react-router";
import styles from "./Frame.module.css";
import { SectionList, useLocks } from "./SectionList";
import type { Section } from "./sections";

/** Sections that stand in the bar itself; the others are under "More". */
const SHOWN = 4;

interface PhoneBarProps {
  firm: readonly Section[];
  /** Sections of the client whose books are open; none outside. */
  inside: readonly Section[];
  clientId: string | undefined;
}

/** The bar of a phone: the sections used most, named, and one menu for the rest. */
export function PhoneBar({ firm, inside, clientId }: PhoneBarProps) {
  const i18n = useWords();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const isLocked = useLocks(clientId);
  const sections = clientId ? inside : firm;
  const hidden = [...sections.slice(SHOWN), ...(clientId ? firm : [])];
  const isHere = ({ to, id }: Section) => pathname.startsWith(to) && !(clientId && id === "clients");
  const items = hidden.map(
    (section, at): MenuItem => ({
      label: section.label,
      icon: isLocked(section.scope) ? "lock" : section.icon,
      begins: clientId !== undefined && at === hidden.length - firm.length,
      ...(isHere(section) ? { chosen: true } : {}),
      onChoose: () => void navigate({ to: section.to }),
    }),
  );
  return (
    <nav className={styles.bar} aria-label={i18n.t("Sections")}>
      <SectionList sections={sections.slice(0, SHOWN)} clientId={clientId}>
        {items.length > 0 && (
          <Menu
            label={i18n.t("More")}
            button={{ icon: "more", className: hidden.some(isHere) ? `${styles.others} ${styles.here}` : styles.others }}
            items={items}
          />
        )}
      </SectionList>
    </nav>
  );
}
