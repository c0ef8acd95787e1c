import type { ComponentProps } from "react";
import styles from "./Button.module.css";
import { Icon, type IconName } from "./Icon";

export interface ButtonProps extends ComponentProps<"button"> {
  /** One `primary` per view. `bare` has no border until pointed at. */
  kind?: "primary" | "normal" | "bare" | "danger";
  icon?: IconName;
  /** Shows only the icon; the children stay its accessible name. */
  iconOnly?: boolean;
  /** Key that does the same, shown on the button. */
  hint?: string;
  /** Why it cannot be pressed: the button stays focusable and says so. */
  denied?: string;
  busy?: boolean;
}

export function Button({ kind = "normal", icon, iconOnly, hint, denied, busy, children, ...rest }: ButtonProps) {
  const off = denied !== undefined || busy;
  return (
    <button
      type="button"
      {...rest}
      className={[styles.button, styles[kind], iconOnly && styles.iconOnly, rest.className].filter(Boolean).join(" ")}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      title={denied ?? rest.title ?? (iconOnly && typeof children === "string" ? children : undefined)}
      onClick={off ? (event) => event.preventDefault() : rest.onClick}
    >
      {denied !== undefined ? <Icon name="lock" /> : icon && <Icon name={icon} />}
      <span className={iconOnly ? "unseen" : undefined}>{children}</span>
      {hint && (
        <span className={styles.hint} aria-hidden="true">
          {hint}
        </span>
      )}
    </button>
  );
}
