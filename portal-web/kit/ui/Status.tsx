import { Icon, type IconName } from "./Icon";
import styles from "./Status.module.css";

export type Tone = "good" | "bad" | "wait" | "quiet";

const ICONS: Record<Tone, IconName | undefined> = { good: "check", bad: "warn", wait: "wait", quiet: undefined };

/** A state as a word with a sign; the colour only repeats what they say. */
export function Status({ tone, children }: { tone: Tone; children: string }) {
  const icon = ICONS[tone];
  return (
    <span className={`${styles.status} ${styles[tone]}`}>
      {icon && <Icon name={icon} size={14} />}
      {children}
    </span>
  );
}

/** A short word in a box: a plan, a role, a kind. */
export function Badge({ children }: { children: string }) {
  return <span className={styles.badge}>{children}</span>;
}
