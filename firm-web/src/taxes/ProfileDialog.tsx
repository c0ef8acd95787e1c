import { useWrite } from "@atrio/kit/graphql";
import { Button, Checkbox, DecimalInput, Dialog, Field, Select, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useState } from "react";
import {
  type IncomeMethod,
  SetTaxProfile,
  type TaxCalendarPageQuery,
  type TaxpayerKind,
  type TaxTerritory,
  type VatScheme,
} from "../gql/operations";
import styles from "./Taxes.module.css";
import { useTaxWords } from "./words";

type Profile = NonNullable<TaxCalendarPageQuery["taxCalendar"]>["profile"];

interface ProfileDialogProps {
  clientId: string;
  profile: Profile;
  onClose: () => void;
  onDone: () => void;
}

/** How the client is taxed: what is not computed is refused afterwards with its reason. */
export function ProfileDialog({ clientId, profile, onClose, onDone }: ProfileDialogProps) {
  const i18n = useWords();
  const words = useTaxWords();
  const form = useId();
  const [save, saving] = useWrite(SetTaxProfile);
  const [now, setNow] = useState(profile);
  const [refused, setRefused] = useState<string>();
  const change = (part: Partial<Profile>) => setNow((before) => ({ ...before, ...part }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { data, failure, denials } = await save({
      input: {
        companyId: clientId,
        taxpayer: now.taxpayer as TaxpayerKind,
        vatScheme: now.vatScheme as VatScheme,
        territory: now.territory as TaxTerritory,
        monthly: now.monthly,
        monthlyRefund: now.monthlyRefund,
        prorataPercent: now.prorataPercent,
        incomeMethod: now.incomeMethod as IncomeMethod,
      },
    });
    const problem = failure?.message ?? data?.setTaxProfile?.refusals[0]?.message ?? denials.at("setTaxProfile")?.message;
    if (problem !== undefined) return setRefused(problem);
    sayDone({ text: i18n.t("Taxation saved.") });
    onDone();
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={i18n.t("How this client is taxed")}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" type="submit" form={form} busy={saving}>
            {i18n.t("Save")}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={(event) => void submit(event)}>
        <Chosen
          label={i18n.t("Taxpayer")}
          words={words.taxpayers}
          value={now.taxpayer}
          onChange={(taxpayer) => change({ taxpayer })}
        />
        <Chosen
          label={i18n.t("VAT regime")}
          words={words.schemes}
          value={now.vatScheme}
          onChange={(vatScheme) => change({ vatScheme })}
        />
        <Chosen
          label={i18n.t("Territory")}
          words={words.territories}
          value={now.territory}
          onChange={(territory) => change({ territory })}
        />
        {now.taxpayer === "SOLE_TRADER" && (
          <Chosen
            label={i18n.t("Income")}
            words={words.methods}
            value={now.incomeMethod}
            onChange={(incomeMethod) => change({ incomeMethod })}
          />
        )}
        <Field
          label={i18n.t("Provisional pro rata, in per cent")}
          help={i18n.t("Empty where all input VAT is deducted. What is deducted stands on each line.")}
        >
          {(ids) => (
            <DecimalInput
              {...ids}
              places={2}
              value={now.prorataPercent ?? null}
              onChange={(prorataPercent) => change({ prorataPercent })}
            />
          )}
        </Field>
        <Checkbox
          label={i18n.t("VAT by months")}
          checked={now.monthly}
          onChange={(event) => change({ monthly: event.target.checked })}
        />
        <Checkbox
          label={i18n.t("In the register of monthly refunds")}
          checked={now.monthlyRefund}
          onChange={(event) => change({ monthlyRefund: event.target.checked })}
        />
        {refused && <p role="alert">{refused}</p>}
      </form>
    </Dialog>
  );
}

interface ChosenProps {
  label: string;
  words: Record<string, string>;
  value: string;
  onChange: (value: string) => void;
}

function Chosen({ label, words, value, onChange }: ChosenProps) {
  return (
    <Field label={label}>
      {(ids) => (
        <Select {...ids} value={value} onChange={(event) => onChange(event.target.value)}>
          {Object.entries(words).map(([id, word]) => (
            <option key={id} value={id}>
              {word}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
