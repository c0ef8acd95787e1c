import { useEffect, useState } from "react";
import { useKeys } from "../keys/useKeys";
import { useWords } from "../words/WordsProvider";
import { Button } from "./Button";
import { dismissToast, sayDone, undoDone, useLatestDone } from "./done";
import { Icon } from "./Icon";
import styles from "./Toast.module.css";

const SHOWN_MS = 8000;

/**
 * The last act, with its undo. Once per app; also owns the undo keys. Stays while pointed at or
 * focused, and what it offers remains in the undo history.
 */
export function ToastPlace() {
  const i18n = useWords();
  const done = useLatestDone();
  const [held, setHeld] = useState(false);
  const undo = () => {
    const failed = () => sayDone({ text: i18n.t("It could not be taken back."), tone: "bad" });
    undoDone().catch(failed);
  };
  const group = i18n.t("Everywhere");
  useKeys([
    { keys: "u", label: i18n.t("Undo"), group, run: undo },
    { keys: "Ctrl+Z", label: i18n.t("Undo"), group, run: undo },
  ]);
  useEffect(() => {
    if (!done || held) return undefined;
    const timer = setTimeout(dismissToast, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [done, held]);
  return (
    <div
      className={styles.place}
      data-noprint
      role="status"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {done && (
        <div key={done.id} className={styles.toast}>
          <Icon name={done.tone === "bad" ? "warn" : "check"} />
          <span>{done.text}</span>
          {done.undo && (
            <Button kind="bare" icon="undo" hint="U" onClick={() => undo()}>
              {i18n.t("Undo")}
            </Button>
          )}
          <Button kind="bare" icon="close" iconOnly onClick={dismissToast}>
            {i18n.t("Close")}
          </Button>
        </div>
      )}
    </div>
  );
}
