import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { matches } from "../format/fold";
import type { Command } from "../keys/registry";
import { useCommands, useKeys } from "../keys/useKeys";
import { useWords } from "../words/WordsProvider";
import { Dialog } from "./Dialog";
import { TextInput } from "./Field";
import { KeyCaps } from "./KeyOverlay";
import styles from "./Palette.module.css";

/** Finds things the server knows, such as clients by name. */
export type PaletteSearch = (text: string) => Promise<readonly Command[]>;

const WAIT_MS = 120;
const SHOWN_MAX = 12;

/** Ctrl+K: every act of the moment and every place, with its key. Once per app. */
export function Palette({ search }: { search?: PaletteSearch }) {
  const i18n = useWords();
  const [open, setOpen] = useState(false);
  useKeys([{ keys: "Ctrl+K", label: i18n.t("Find a place or an act"), group: i18n.t("Everywhere"), run: () => setOpen(true) }]);
  return (
    <Dialog open={open} onClose={() => setOpen(false)} title={i18n.t("Find a place or an act")} plain>
      <PaletteList search={search} onDone={() => setOpen(false)} />
    </Dialog>
  );
}

function PaletteList({ search, onDone }: { search?: PaletteSearch; onDone: () => void }) {
  const id = useId();
  const i18n = useWords();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const commands = useCommands();
  const found = useFound(search, text);
  const own = commands.filter(({ label, keys }) => keys !== "Ctrl+K" && matches(label, text));
  const shown = [...found, ...own].slice(0, SHOWN_MAX);
  const run = (command: Command | undefined) => {
    if (!command) return;
    onDone();
    // After the dialog has given the focus back, so that the act may move it.
    setTimeout(() => command.run());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt((at + step + shown.length) % Math.max(1, shown.length));
    else if (event.key === "Enter") run(shown[at]);
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.palette}>
      <TextInput
        data-autofocus
        role="combobox"
        aria-label={i18n.t("Find a place or an act")}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={shown[at] ? `${id}-${at}` : undefined}
        autoComplete="off"
        placeholder={i18n.t("Find a place or an act")}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} role="listbox" aria-label={i18n.t("Choices")}>
        {shown.map((command, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field, as the pattern wants.
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys.
          <div
            key={`${command.group ?? ""}/${command.label}/${command.keys ?? ""}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            className={styles.option}
            onClick={() => run(command)}
          >
            <span>{command.label}</span>
            <small>{command.group}</small>
            {command.keys ? <KeyCaps keys={command.keys} /> : <span />}
          </div>
        ))}
      </div>
      {shown.length === 0 && <p className={styles.none}>{i18n.t("Nothing found")}</p>}
    </div>
  );
}

function useFound(search: PaletteSearch | undefined, text: string): readonly Command[] {
  const [found, setFound] = useState<readonly Command[]>([]);
  useEffect(() => {
    if (!search || text.trim() === "") {
      setFound([]);
      return undefined;
    }
    let current = true;
    const timer = setTimeout(async () => {
      const answer = await search(text);
      if (current) setFound(answer);
    }, WAIT_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [search, text]);
  return found;
}
