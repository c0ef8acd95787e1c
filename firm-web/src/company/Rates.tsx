import { localDate, useFormats } from "@atrio/kit/format";
import { useWrite } from "@atrio/kit/graphql";
import { Button, DateInput, DecimalInput, Field, focusWrong, sayDone, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useRef, useState } from "react";
import { type Problem, problemOf } from "../app/problemOf";
import { useWriteAccess } from "../app/useWriteAccess";
import { type RateFragment, SetExchangeRate } from "../gql/operations";
import styles from "./Company.module.css";

const CURRENCY_LENGTH = 3;
const RATE_PLACES = 8;
const FIELDS = ["currency", "day", "rate"] as const;

interface RatesProps {
  clientId: string;
  rates: readonly RateFragment[];
  onDone: () => void;
}

/** What currencies are worth from a day on: what a new document in one of them starts from. */
export function Rates({ clientId, rates, onDone }: RatesProps) {
  const i18n = useWords();
  const f = useFormats();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const denied = useWriteAccess(clientId, "SALES", "edit");
  const [set, setting] = useWrite(SetExchangeRate);
  const [currency, setCurrency] = useState("");
  const [day, setDay] = useState<string | null>(localDate());
  const [rate, setRate] = useState<string | null>(null);
  const [refused, setRefused] = useState<Problem>();
  const refuse = (problem: Problem) => {
    setRefused(problem);
    focusWrong(form);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (setting || denied !== undefined) return;
    const code = currency.trim().toUpperCase();
    const missing = i18n.t("This is missing.");
    if (code === "") return refuse({ field: "currency", message: missing });
    if (day === null) return refuse({ field: "day", message: missing });
    if (rate === null) return refuse({ field: "rate", message: missing });
    const problem = problemOf(await set({ companyId: clientId, currency: code, day, rate }), "setExchangeRate");
    if (problem) return refuse(problem);
    setRefused(undefined);
    setRate(null);
    sayDone({ text: i18n.t("Rate of {currency} saved.", { currency: code }) });
    onDone();
  };
  const at = (field: (typeof FIELDS)[number]) => (refused?.field === field ? refused.message : undefined);
  const general = refused && !FIELDS.some((field) => field === refused.field) ? refused.message : undefined;
  return (
    <section className={styles.form} aria-labelledby={id}>
      <h2 id={id}>{i18n.t("Exchange rates")}</h2>
      <p className={styles.help}>{i18n.t("A new document takes the rate of its day. Documents that are kept keep theirs.")}</p>
      {rates.length > 0 && (
        <ul className={styles.kept}>
          {rates.map((one) => (
            <li key={one.id}>
              <strong>{one.currency}</strong>
              <span>{i18n.t("from {date}", { date: f.date(one.day) })}</span>
              <span className="tabular">{one.rate === null ? "–" : f.decimal(one.rate, RATE_PLACES)}</span>
            </li>
          ))}
        </ul>
      )}
      <form ref={form} noValidate className={styles.form} onSubmit={(event) => void submit(event)}>
        {general && (
          <p role="alert" className={styles.refused}>
            {general}
          </p>
        )}
        <div className={styles.pair}>
          <Field label={i18n.t("Currency")} help={i18n.t("Such as USD or SEK.")} error={at("currency")}>
            {(ids) => (
              <TextInput
                {...ids}
                maxLength={CURRENCY_LENGTH}
                disabled={denied !== undefined}
                value={currency}
                onChange={({ target }) => setCurrency(target.value)}
              />
            )}
          </Field>
          <Field label={i18n.t("From day")} error={at("day")}>
            {(ids) => <DateInput {...ids} disabled={denied !== undefined} value={day} onChange={setDay} />}
          </Field>
          <Field label={i18n.t("One unit is worth")} help={i18n.t("In the currency of the books.")} error={at("rate")}>
            {(ids) => (
              <DecimalInput {...ids} places={RATE_PLACES} disabled={denied !== undefined} value={rate} onChange={setRate} />
            )}
          </Field>
        </div>
        <Button type="submit" denied={denied} busy={setting}>
          {i18n.t("Save the rate")}
        </Button>
      </form>
    </section>
  );
}
