import {
  type ComponentProps,
  createContext,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { formatDate, type IsoDate, localDate, parseDate, shiftDays } from "../format/dates";
import { formatDecimal, parseAmount } from "../format/money";
import { useLocale, useWords } from "../words/WordsProvider";
import styles from "./Field.module.css";
import { Icon } from "./Icon";

/** Tells the field around it what was typed and not understood; undefined once it is. */
const Misread = createContext<(said: string | undefined) => void>(() => undefined);

interface FieldIds {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

interface FieldProps {
  label: string;
  /** Help under the field. */
  help?: ReactNode;
  /** What is wrong and how to mend it. */
  error?: string;
  /** Keeps the label for screen readers only, in filters and tables. */
  labelUnseen?: boolean;
  children: (ids: FieldIds) => ReactElement;
}

/** Label, control, help and error, tied together: `<Field label="Name">{(ids) => <TextInput {...ids} />}</Field>`. */
export function Field({ label, help, error, labelUnseen, children }: FieldProps) {
  const id = useId();
  const [misread, setMisread] = useState<string>();
  const wrong = misread ?? error;
  const note = wrong ?? help;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={labelUnseen ? "unseen" : styles.label}>
        {label}
      </label>
      <Misread value={setMisread}>
        {children({ id, "aria-describedby": note ? `${id}-note` : undefined, "aria-invalid": wrong ? true : undefined })}
      </Misread>
      {note && (
        <div id={`${id}-note`} className={wrong ? styles.error : styles.help}>
          {wrong && <Icon name="warn" />}
          {note}
        </div>
      )}
    </div>
  );
}

export function TextInput(props: ComponentProps<"input">) {
  return <input type="text" {...props} className={join(styles.input, props.className)} />;
}

export function TextArea(props: ComponentProps<"textarea">) {
  return <textarea rows={3} {...props} className={join(styles.input, styles.area, props.className)} />;
}

export function Select(props: ComponentProps<"select">) {
  return <select {...props} className={join(styles.input, styles.select, props.className)} />;
}

export function Checkbox({ label, ...rest }: ComponentProps<"input"> & { label: ReactNode }) {
  return (
    <label className={styles.check}>
      <input type="checkbox" {...rest} />
      <span>{label}</span>
    </label>
  );
}

type TypedProps = Omit<ComponentProps<"input">, "value" | "onChange" | "type"> & {
  value: string | null;
  onChange: (value: string | null) => void;
};

interface DecimalProps extends TypedProps {
  /** Decimals that may be typed. */
  places: number;
  /** Decimals that are shown at least. */
  least?: number;
  /** Tells the value while it is typed, not only when the field is left. */
  live?: boolean;
}

/** A typed quantity, price or percentage; the value is decimal text, null while it is none. Shown grouped when left. */
export function DecimalInput({ value, onChange, places, least = 0, ...rest }: DecimalProps) {
  const locale = useLocale();
  const i18n = useWords();
  const shown = value === null ? "" : formatDecimal(value, locale, places, least);
  return (
    <Typed
      {...rest}
      shown={shown}
      parse={(text) => parseAmount(text, locale, places)}
      misread={i18n.t("This is not a number.")}
      onChange={onChange}
      inputMode="decimal"
      className={join(styles.money, rest.className)}
    />
  );
}

/** A typed amount of money with cents. */
export function MoneyInput(props: TypedProps & { live?: boolean }) {
  return <DecimalInput {...props} places={2} least={2} />;
}

/** A typed date; the value is `YYYY-MM-DD`. Understands 21, 2111, +3 and today's letter; arrows change the day. */
export function DateInput({ value, onChange, onKeyDown, ...rest }: TypedProps) {
  const locale = useLocale();
  const i18n = useWords();
  const shift = (days: number) => onChange(shiftDays((value as IsoDate | null) ?? localDate(), days));
  return (
    <Typed
      placeholder={i18n.t("dd/mm/yyyy")}
      {...rest}
      shown={value === null ? "" : formatDate(value, locale)}
      parse={(text) => parseDate(text, locale, localDate())}
      misread={i18n.t("There is no such day.")}
      onChange={onChange}
      className={join(styles.date, rest.className)}
      onKeyDown={(event) => {
        onKeyDown?.(event);
        if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
        event.preventDefault();
        shift(event.key === "ArrowUp" ? 1 : -1);
      }}
    />
  );
}

interface ParsedProps extends Omit<ComponentProps<"input">, "value" | "onChange"> {
  shown: string;
  parse: (text: string) => string | null;
  /** What is said where nothing is understood. */
  misread: string;
  onChange: (value: string | null) => void;
  live?: boolean;
}

/** Keeps what is typed until the field is left or Enter is pressed; then shows what was understood, or marks it as wrong. */
function Typed({ shown, parse, misread, onChange, onBlur, onKeyDown, live, ...rest }: ParsedProps) {
  const tell = useContext(Misread);
  const [text, setText] = useState(shown);
  const [wrong, setWrong] = useState(false);
  const typing = useRef(false);
  useEffect(() => {
    tell(wrong ? misread : undefined);
    return () => tell(undefined);
  }, [wrong, misread, tell]);
  useEffect(() => {
    // What is told while typing comes back formatted; the typed text stays until the field is left.
    if (typing.current) return;
    if (shown || live) setText(shown);
    if (shown) setWrong(false);
  }, [shown, live]);
  const commit = () => {
    // Leaving a field after Enter would read again what is not drawn anew yet, and lose what was typed.
    if (!typing.current) return;
    typing.current = false;
    const value = parse(text);
    const failed = value === null && text.trim() !== "";
    setWrong(failed);
    if (!failed) setText(shown);
    onChange(value);
  };
  return (
    <TextInput
      autoComplete="off"
      {...rest}
      value={text}
      aria-invalid={wrong || rest["aria-invalid"]}
      title={wrong ? misread : rest.title}
      onChange={(event) => {
        typing.current = true;
        setText(event.target.value);
        if (live) onChange(parse(event.target.value));
      }}
      onBlur={(event) => {
        commit();
        onBlur?.(event);
      }}
      onKeyDown={(event) => {
        onKeyDown?.(event);
        // It sends the form before the field is left.
        if (event.key === "Enter") commit();
      }}
    />
  );
}

function join(...names: (string | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}
