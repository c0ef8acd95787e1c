import { localDate, useFormats } from "@atrio/kit/format";
import { Button, DecimalInput, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useId } from "react";
import { TaxSelect } from "../app/TaxSelect";
import { useTaxCodes } from "../app/taxCodes";
import { newLine, type TemplateLine } from "./form";
import styles from "./Recurring.module.css";

interface LineFieldsProps {
  lines: readonly TemplateLine[];
  error: string | undefined;
  /** The day whose tax codes may be chosen. */
  day: string | null;
  currency: string;
  onChange: (lines: readonly TemplateLine[]) => void;
}

/** Lines of every invoice: what, how many, price before tax, discount, tax. */
export function LineFields({ lines, error, day, onChange }: LineFieldsProps) {
  const i18n = useWords();
  const f = useFormats();
  const note = useId();
  const codes = useTaxCodes("sales", day ?? localDate());
  const set = (key: string, part: Partial<TemplateLine>) =>
    onChange(lines.map((line) => (line.key === key ? { ...line, ...part } : line)));
  return (
    <fieldset className={styles.group} aria-describedby={error ? note : undefined}>
      <legend>{i18n.t("Lines")}</legend>
      {lines.map((line, index) => (
        <div key={line.key} className={styles.line}>
          <TextInput
            aria-label={i18n.t("Description of line {number}", { number: index + 1 })}
            aria-invalid={error !== undefined && line.description.trim() === "" ? true : undefined}
            placeholder={i18n.t("Description")}
            maxLength={2000}
            value={line.description}
            onChange={(event) => set(line.key, { description: event.target.value })}
          />
          <DecimalInput
            aria-label={i18n.t("Quantity of line {number}", { number: index + 1 })}
            live
            places={4}
            value={line.quantity}
            onChange={(quantity) => set(line.key, { quantity })}
          />
          <DecimalInput
            aria-label={i18n.t("Price of line {number}, before tax", { number: index + 1 })}
            placeholder={i18n.t("Price")}
            live
            places={4}
            value={line.unitPrice}
            onChange={(unitPrice) => set(line.key, { unitPrice })}
          />
          <DecimalInput
            aria-label={i18n.t("Discount of line {number}, %", { number: index + 1 })}
            placeholder={i18n.t("Disc. %")}
            live
            places={2}
            value={line.discountPercent}
            onChange={(discountPercent) => set(line.key, { discountPercent })}
          />
          <TaxSelect
            ids={{ "aria-label": i18n.t("Tax rate of line {number}", { number: index + 1 }) }}
            side="sales"
            value={line.tax}
            otherwise={line.tax.startsWith("rate:") ? f.percent(line.tax.slice(5)) : line.tax}
            codes={codes}
            onChange={(tax) => set(line.key, { tax })}
          />
          <Button
            kind="bare"
            icon="close"
            iconOnly
            denied={lines.length === 1 ? i18n.t("A template has at least one line.") : undefined}
            onClick={() => onChange(lines.filter(({ key }) => key !== line.key))}
          >
            {i18n.t("Remove line {number}", { number: index + 1 })}
          </Button>
        </div>
      ))}
      {error && (
        <p id={note} className={styles.refused}>
          {error}
        </p>
      )}
      <div>
        <Button icon="plus" onClick={() => onChange([...lines, newLine()])}>
          {i18n.t("Add a line")}
        </Button>
      </div>
    </fieldset>
  );
}
