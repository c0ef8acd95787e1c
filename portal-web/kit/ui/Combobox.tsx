import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { matches } from "../format/fold";
import { useHoldKeys } from "../keys/useKeys";
import { useWords } from "../words/WordsProvider";
import styles from "./Combobox.module.css";
import { TextInput } from "./Field";

export interface Option {
  id: string;
  label: string;
  /** Second word in quiet type: a tax id, an account's code. */
  detail?: string;
}

interface ComboboxProps {
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
  "aria-label"?: string;
  /** Text of the present choice. */
  value: string;
  /** All options, filtered here without regard to accents; or a function that asks the server. */
  options: readonly Option[] | ((text: string) => Promise<readonly Option[]>);
  onChoose: (option: Option) => void;
  /** Called with the text as it was left when nothing was chosen, for fields that take new words. */
  onText?: (text: string) => void;
  placeholder?: string;
}

const WAIT_MS = 150;
const SHOWN_MAX = 50;

/** A text field with choices below. Arrows move, Enter takes, Escape closes; the rest of the page is left alone. */
export function Combobox({ value, options, onChoose, onText, ...rest }: ComboboxProps) {
  const id = useId();
  const i18n = useWords();
  const [text, setText] = useState(value);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const found = useOptions(options, text, open);
  const list = useRef<HTMLDivElement>(null);
  useHoldKeys(open);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);

  const take = (option: Option) => {
    setText(option.label);
    setOpen(false);
    onChoose(option);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (open) setAt((at + step + found.length) % Math.max(1, found.length));
      else setOpen(true);
    } else if (event.key === "Enter" && open && found[at]) {
      event.preventDefault();
      take(found[at]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  };
  const active = open && found[at] ? `${id}-${at}` : undefined;
  return (
    <div className={styles.combobox}>
      <TextInput
        {...rest}
        role="combobox"
        autoComplete="off"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-activedescendant={active}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
          setOpen(true);
        }}
        onFocus={(event) => event.target.select()}
        onBlur={() => {
          setOpen(false);
          if (text !== value) onText ? onText(text) : setText(value);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={i18n.t("Choices")} className={styles.list} hidden={!open}>
        {found.map((option, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field, as the pattern wants.
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys.
          <div
            key={option.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            className={styles.option}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => take(option)}
          >
            <span>{option.label}</span>
            {option.detail && <small>{option.detail}</small>}
          </div>
        ))}
      </div>
      {open && found.length === 0 && text && <div className={styles.none}>{i18n.t("Nothing found")}</div>}
      <span role="status" className="unseen">
        {open ? i18n.t("{count, plural, one {# choice} other {# choices}}", { count: found.length }) : ""}
      </span>
    </div>
  );
}

function useOptions(options: ComboboxProps["options"], text: string, open: boolean): readonly Option[] {
  const [fetched, setFetched] = useState<readonly Option[]>([]);
  const ask = useRef(options);
  ask.current = options;
  const remote = typeof options === "function";
  useEffect(() => {
    if (!open || !remote) return undefined;
    let current = true;
    const timer = setTimeout(async () => {
      const answer = typeof ask.current === "function" ? await ask.current(text) : [];
      if (current) setFetched(answer.slice(0, SHOWN_MAX));
    }, WAIT_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [open, remote, text]);
  if (typeof options === "function") return fetched;
  return options.filter(({ label, detail }) => matches(`${label} ${detail ?? ""}`, text)).slice(0, SHOWN_MAX);
}
