import { useWrite } from "@atrio/kit/graphql";
import { Button, DateInput, Dialog, Field, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useState } from "react";
import { type FiscalYearsQuery, SetFiscalYearDays } from "../../gql/operations";
import styles from "./Closing.module.css";

type Year = NonNullable<FiscalYearsQuery["fiscalYears"]>[number];

interface DaysDialogProps {
  clientId: string;
  year: Year;
  onClose: () => void;
}

/** When an open year begins and ends: a short one where a company began, ended or changed its year's end. */
export function DaysDialog({ clientId, year, onClose }: DaysDialogProps) {
  const i18n = useWords();
  const id = useId();
  const [days, setDays] = useState<{ startsOn: string | null; endsOn: string | null }>(year);
  const [refused, setRefused] = useState<{ field: string | undefined; message: string }>();
  const [set, setting] = useWrite(SetFiscalYearDays);
  const run = async (event: FormEvent) => {
    event.preventDefault();
    const { startsOn, endsOn } = days;
    if (!startsOn || !endsOn) {
      return setRefused({ field: startsOn ? "endsOn" : "startsOn", message: i18n.t("This is missing.") });
    }
    const { data, failure, denials } = await set({ input: { companyId: clientId, year: year.year, startsOn, endsOn } });
    const refusal = data?.setFiscalYearDays?.refusals[0];
    const message = failure?.message ?? refusal?.message ?? denials.at("setFiscalYearDays")?.message;
    if (message !== undefined) return setRefused({ field: refusal?.path.at(-1), message });
    sayDone({ text: i18n.t("The days of {year} are kept.", { year: String(year.year) }) });
    onClose();
  };
  const at = (field: string) => (refused?.field === field ? refused.message : undefined);
  return (
    <Dialog
      open
      width="narrow"
      onClose={onClose}
      title={i18n.t("Days of the fiscal year {year}", { year: String(year.year) })}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" type="submit" form={id} busy={setting}>
            {i18n.t("Save")}
          </Button>
        </>
      }
    >
      <form id={id} noValidate className={styles.form} onSubmit={(event) => void run(event)}>
        <p>{i18n.t("Twelve months at most. A following year without entries follows these days.")}</p>
        <Field label={i18n.t("First day")} error={at("startsOn")}>
          {(ids) => (
            <DateInput {...ids} data-autofocus value={days.startsOn} onChange={(startsOn) => setDays({ ...days, startsOn })} />
          )}
        </Field>
        <Field label={i18n.t("Last day")} error={at("endsOn")}>
          {(ids) => <DateInput {...ids} value={days.endsOn} onChange={(endsOn) => setDays({ ...days, endsOn })} />}
        </Field>
        {refused && at("startsOn") === undefined && at("endsOn") === undefined && (
          <p role="alert" className={styles.refused}>
            {refused.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}
