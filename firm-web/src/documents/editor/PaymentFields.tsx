import { type IsoDate, shiftDays } from "@atrio/kit/format";
import { Button, DateInput, Field, MoneyInput, Select } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type DraftPart, newKey, type Payment, TERMS } from "./draft";
import styles from "./Editor.module.css";

interface PaymentFieldsProps {
  payment: Payment;
  issuedOn: string | null;
  total: string;
  /** What is wrong, by path of the input. */
  errors: ReadonlyMap<string, string>;
  onChange: (payment: Payment) => void;
}

/** A day, terms counted from the day of issue, or parts with an amount each. */
export function PaymentFields({ payment, issuedOn, total, errors, onChange }: PaymentFieldsProps) {
  const i18n = useWords();
  const special = payment.how === "terms" && (payment.monthEnd || (payment.payDays ?? []).length > 0);
  const chosen = payment.how !== "terms" ? payment.how : special ? "card" : payment.days.join();
  const nameOf = (days: readonly number[]) => {
    if (days.length > 1) return i18n.t("{days} days, equal parts", { days: days.join(" / ") });
    return days[0] === 0 ? i18n.t("On receipt") : i18n.t("{days} days", { days: days[0] ?? 0 });
  };
  const cardName = () => {
    if (payment.how !== "terms") return "";
    const days = (payment.payDays ?? []).join(", ");
    return [nameOf(payment.days), payment.monthEnd && i18n.t("end of month"), days && i18n.t("pay days {days}", { days })]
      .filter(Boolean)
      .join(", ");
  };
  const choose = (value: string) => {
    if (value === "card") return;
    if (value === "day") return onChange({ how: "day", dueOn: null });
    if (value !== "parts") return onChange({ how: "terms", days: value.split(",").map(Number) });
    const dueOn = issuedOn ? shiftDays(issuedOn as IsoDate, 30) : null;
    return onChange({ how: "parts", parts: [{ key: newKey(), dueOn, amount: total }] });
  };
  const known = TERMS.some((days) => days.join() === chosen) || payment.how !== "terms";
  return (
    <>
      <Field label={i18n.t("To pay")} error={errors.get("paymentTerms")}>
        {(ids) => (
          <Select {...ids} value={chosen} onChange={(event) => choose(event.target.value)}>
            <option value="day">{i18n.t("On a day")}</option>
            {TERMS.map((days) => (
              <option key={days.join()} value={days.join()}>
                {nameOf(days)}
              </option>
            ))}
            {!known && payment.how === "terms" && <option value={chosen}>{cardName()}</option>}
            <option value="parts">{i18n.t("In parts")}</option>
          </Select>
        )}
      </Field>
      {payment.how === "day" && (
        <Field label={i18n.t("Due")} error={errors.get("dueOn")}>
          {(ids) => <DateInput {...ids} value={payment.dueOn} onChange={(dueOn) => onChange({ how: "day", dueOn })} />}
        </Field>
      )}
      {payment.how === "parts" && (
        <Parts parts={payment.parts} errors={errors} onChange={(parts) => onChange({ how: "parts", parts })} />
      )}
    </>
  );
}

interface PartsProps {
  parts: readonly DraftPart[];
  errors: ReadonlyMap<string, string>;
  onChange: (parts: readonly DraftPart[]) => void;
}

function Parts({ parts, errors, onChange }: PartsProps) {
  const i18n = useWords();
  const change = (key: string, part: Partial<DraftPart>) =>
    onChange(parts.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const problem = [...errors].find(([path]) => path.startsWith("instalments"))?.[1];
  return (
    <fieldset className={styles.parts}>
      <legend>{i18n.t("Parts")}</legend>
      {parts.map(({ key, dueOn, amount }, at) => (
        <div key={key}>
          <DateInput
            aria-label={i18n.t("Due, part {number}", { number: at + 1 })}
            value={dueOn}
            onChange={(day) => change(key, { dueOn: day })}
          />
          <MoneyInput
            aria-label={i18n.t("Amount, part {number}", { number: at + 1 })}
            value={amount}
            onChange={(value) => change(key, { amount: value })}
          />
          <Button
            kind="bare"
            icon="close"
            iconOnly
            onClick={() => onChange(parts.filter((one) => one.key !== key))}
            denied={parts.length === 1 ? i18n.t("There is one part at least.") : undefined}
          >
            {i18n.t("Remove part {number}", { number: at + 1 })}
          </Button>
        </div>
      ))}
      {problem && (
        <p role="alert" className={styles.refused}>
          {problem}
        </p>
      )}
      <Button icon="plus" onClick={() => onChange([...parts, { key: newKey(), dueOn: null, amount: null }])}>
        {i18n.t("Add a part")}
      </Button>
    </fieldset>
  );
}
