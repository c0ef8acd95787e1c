import { useEffect, useRef, useState } from "react";
import { useKeys } from "../keys/useKeys";
import { useWords } from "../words/WordsProvider";
import { TextInput } from "./Field";
import styles from "./Field.module.css";

const WAIT_MS = 150;

/** The search of the screen, reached with a slash; the address follows when typing pauses. */
export function SearchField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const i18n = useWords();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const tell = useRef(onChange);
  tell.current = onChange;
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => tell.current(text), WAIT_MS);
    return () => clearTimeout(timer);
  }, [text, value]);
  const label = i18n.t("Search");
  useKeys([{ keys: "/", label, group: i18n.t("Everywhere"), run: () => field.current?.select() }]);
  return (
    <TextInput
      ref={field}
      type="search"
      className={styles.search}
      aria-label={label}
      placeholder={`${label}  /`}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
    />
  );
}
