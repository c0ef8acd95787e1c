import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useHoldKeys } from "../keys/useKeys";
import { Button, type ButtonProps } from "./Button";
import { Icon, type IconName } from "./Icon";
import styles from "./Menu.module.css";

export interface MenuItem {
  label: string;
  icon?: IconName;
  /** Key that does the same. */
  hint?: string;
  /** Why it cannot be chosen; stays in the list with a lock. */
  denied?: string;
  chosen?: boolean;
  /** A line above: another kind of items begins. */
  begins?: boolean;
  onChoose: () => void;
}

interface MenuProps {
  /** What the button says; with `iconOnly` its accessible name. */
  label: ReactNode;
  items: readonly MenuItem[];
  button?: Omit<ButtonProps, "onClick" | "children">;
  /** Lines above the items, such as who is signed in. */
  heading?: ReactNode;
}

/** A button and its list of acts. Arrows move, Enter chooses, Escape gives focus back to the button. */
export function Menu({ label, items, button, heading }: MenuProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useHoldKeys(open);
  useEffect(() => {
    const popover = list.current;
    if (!open || !popover) return undefined;
    place(popover, trigger.current?.firstElementChild);
    popover.querySelector<HTMLElement>("[role^=menuitem]")?.focus();
    const close = () => popover.hidePopover();
    window.addEventListener("resize", close);
    return () => window.removeEventListener("resize", close);
  }, [open]);
  return (
    <div ref={trigger} className={styles.menu}>
      <Button
        kind="bare"
        {...button}
        aria-haspopup="menu"
        aria-expanded={open}
        popoverTarget={id}
        onKeyDown={(event) => event.key === "ArrowDown" && !open && list.current?.showPopover()}
      >
        {label}
      </Button>
      <div ref={list} id={id} popover="auto" className={styles.list} onToggle={(event) => setOpen(event.newState === "open")}>
        {heading && <div className={styles.heading}>{heading}</div>}
        <div role="menu" onKeyDown={moveInMenu}>
          {items.map((item) => (
            // biome-ignore lint/a11y/useAriaPropsSupportedByRole: aria-checked is only set with the radio role.
            <button
              key={item.label}
              type="button"
              role={item.chosen === undefined ? "menuitem" : "menuitemradio"}
              aria-checked={item.chosen}
              aria-disabled={item.denied ? true : undefined}
              tabIndex={-1}
              className={item.begins ? `${styles.item} ${styles.begins}` : styles.item}
              onClick={() => {
                if (item.denied) return;
                list.current?.hidePopover();
                item.onChoose();
              }}
            >
              {item.denied ? <Icon name="lock" /> : item.chosen ? <Icon name="check" /> : item.icon && <Icon name={item.icon} />}
              <span>
                {item.label}
                {item.denied && <small className={styles.reason}>{item.denied}</small>}
              </span>
              {item.hint && <kbd className={styles.hint}>{item.hint}</kbd>}
            </button>
          ))}
        </div>
      </div>
    </div>
  );
}

/** Under the button, kept inside the window. Set through the CSS object model, which the page's policy allows. */
function place(popover: HTMLElement, anchor: Element | null | undefined): void {
  if (!anchor) return;
  const at = anchor.getBoundingClientRect();
  const left = Math.min(at.left, window.innerWidth - popover.offsetWidth - 8);
  const below = at.bottom + 4;
  const fits = below + popover.offsetHeight < window.innerHeight;
  popover.style.left = `${Math.max(8, left)}px`;
  popover.style.top = `${fits ? below : Math.max(8, at.top - popover.offsetHeight - 4)}px`;
}

function moveInMenu(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>("[role^=menuitem]")];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items.at(to % items.length)?.focus();
  } else if (event.key.length === 1 && event.key !== " ") {
    const letter = event.key.toLowerCase();
    const starts = (item: HTMLElement) => item.textContent?.toLowerCase().startsWith(letter);
    [...items.slice(at + 1), ...items].find(starts)?.focus();
  }
}
