import { type ReactNode, useEffect, useId, useRef } from "react";
import { useHoldKeys } from "../keys/useKeys";
import { useWords } from "../words/WordsProvider";
import { Button } from "./Button";
import styles from "./Dialog.module.css";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** Buttons at the bottom, the primary one last. */
  actions?: ReactNode;
  width?: "narrow" | "normal" | "wide";
  /** No heading bar; the title only names the dialog. */
  plain?: boolean;
  children: ReactNode;
}

/**
 * The browser's own modal dialog. Focus goes to the first element with `data-autofocus`, else to the
 * dialog's first control, after it has opened; on closing the browser gives it back.
 */
export function Dialog({ open, onClose, title, actions, width = "normal", plain, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  const i18n = useWords();
  useHoldKeys(open);
  useEffect(() => {
    const dialog = ref.current;
    if (!open || !dialog) return undefined;
    dialog.showModal();
    const first = dialog.querySelector<HTMLElement>("[data-autofocus]");
    first?.focus();
    // What is proposed is typed over.
    if (first instanceof HTMLInputElement) first.select();
    return () => dialog.close();
  }, [open]);
  if (!open) return null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the dialog is a second way; Escape is the keyboard's.
    <dialog
      ref={ref}
      className={`${styles.dialog} ${styles[width]}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === ref.current && onClose()}
    >
      <div className={styles.body}>
        <div className={plain ? "unseen" : styles.head}>
          <h2 id={id}>{title}</h2>
          {!plain && (
            <Button kind="bare" icon="close" iconOnly onClick={onClose}>
              {i18n.t("Close")}
            </Button>
          )}
        </div>
        <div className={plain ? undefined : styles.content}>{children}</div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </dialog>
  );
}
