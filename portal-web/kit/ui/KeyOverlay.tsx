import { Fragment, useState } from "react";
import { useCommands, useKeys } from "../keys/useKeys";
import { useWords } from "../words/WordsProvider";
import { Dialog } from "./Dialog";
import styles from "./KeyOverlay.module.css";

/** "Ctrl+K" as key caps; arrows as arrows. */
export function KeyCaps({ keys }: { keys: string }) {
  const signs: Record<string, string> = {
    ArrowUp: "↑",
    ArrowDown: "↓",
    ArrowLeft: "←",
    ArrowRight: "→",
    Enter: "↵",
    Escape: "Esc",
  };
  return (
    <span className={styles.caps}>
      {keys.split(" ").map((step) => (
        <Fragment key={step}>
          {(step === "+" ? ["+"] : step.split("+")).map((key) => (
            <kbd key={key}>{signs[key] ?? key}</kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}

/** `?` shows what can be pressed here. Once per app. */
export function KeyOverlay() {
  const i18n = useWords();
  const [open, setOpen] = useState(false);
  const commands = useCommands().filter(({ keys }) => keys);
  const other = i18n.t("Everywhere");
  useKeys([{ keys: "?", label: i18n.t("Keys of this screen"), group: other, run: () => setOpen(true) }]);
  const groups = [...new Set(commands.map(({ group }) => group ?? other))];
  return (
    <Dialog open={open} onClose={() => setOpen(false)} title={i18n.t("Keys of this screen")} width="wide">
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl className={styles.keys}>
              {commands
                .filter((command) => (command.group ?? other) === group)
                .map(({ keys, label }) => (
                  <div key={keys}>
                    <dt>
                      <KeyCaps keys={keys as string} />
                    </dt>
                    <dd>{label}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
