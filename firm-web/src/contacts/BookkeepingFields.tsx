import { localDate } from "@atrio/kit/format";
import { DateInput, DecimalInput, Field, Select } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { TaxSelect } from "../app/TaxSelect";
import { useTaxCodes } from "../app/taxCodes";
import type { CardForm } from "./form";
import { useViesAnswers } from "./words";

interface BookkeepingFieldsProps {
  form: CardForm;
  errorAt: (field: string) => string | undefined;
  onChange: (part: Partial<CardForm>) => void;
}

/** The fields that stand here, as refusals name them. */
export const BOOKKEEPING = ["salesWithholdingRate", "purchaseWithholdingRate", "viesAnswer", "viesCheckedOn"] as const;

/** The tax of either side, what is withheld, and what the EU's register said of the VAT number. */
export function BookkeepingFields({ form, errorAt, onChange }: BookkeepingFieldsProps) {
  const i18n = useWords();
  const answers = useViesAnswers();
  const rates = {
    salesWithholdingRate: i18n.t("Withholds from sales (IRPF), %"),
    purchaseWithholdingRate: i18n.t("Withheld from its bills (IRPF), %"),
  };
  const today = localDate();
  const taxes = [
    { name: "salesTaxCode", label: i18n.t("Tax code for sales"), side: "sales", codes: useTaxCodes("sales", today) },
    {
      name: "purchaseTaxCode",
      label: i18n.t("Tax code for purchases"),
      side: "purchases",
      codes: useTaxCodes("purchases", today),
    },
  ] as const;
  return (
    <>
      {taxes.map(({ name, label, side, codes }) => (
        <Field key={name} label={label} error={errorAt(name)}>
          {(ids) => (
            <TaxSelect
              ids={ids}
              side={side}
              none="–"
              value={form.texts[name]}
              codes={codes}
              onChange={(code) => onChange({ texts: { ...form.texts, [name]: code } })}
            />
          )}
        </Field>
      ))}
      {(["salesWithholdingRate", "purchaseWithholdingRate"] as const).map((name) => (
        <Field key={name} label={rates[name]} error={errorAt(name)}>
          {(ids) => <DecimalInput {...ids} places={2} value={form[name]} onChange={(rate) => onChange({ [name]: rate })} />}
        </Field>
      ))}
      <Field
        label={i18n.t("VAT number in VIES")}
        help={i18n.t("As the register answered when it was asked.")}
        error={errorAt("viesAnswer")}
      >
        {(ids) => (
          <Select
            {...ids}
            value={form.viesAnswer}
            onChange={(event) => onChange({ viesAnswer: event.target.value as CardForm["viesAnswer"] })}
          >
            <option value="">{i18n.t("Not asked")}</option>
            {Object.entries(answers).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {form.viesAnswer && (
        <Field label={i18n.t("VIES asked on")} error={errorAt("viesCheckedOn")}>
          {(ids) => <DateInput {...ids} value={form.viesCheckedOn} onChange={(day) => onChange({ viesCheckedOn: day })} />}
        </Field>
      )}
    </>
  );
}
