import { useWrite } from "@atrio/kit/graphql";
import { Button, Dialog, Field, sayDone, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useState } from "react";
import { CorrectTaxReturn, type TaxModel } from "../gql/operations";
import type { KeptReturn } from "./ReturnFacts";
import styles from "./Taxes.module.css";
import { useTaxWords } from "./words";

interface CorrectDialogProps {
  model: TaxModel;
  record: KeptReturn;
  onClose: () => void;
  onDone: () => void;
}

/** Why a filed return is corrected: begins the next return of its period. */
export function CorrectDialog({ model, record, onClose, onDone }: CorrectDialogProps) {
  const i18n = useWords();
  const words = useTaxWords();
  const form = useId();
  const [correct, correcting] = useWrite(CorrectTaxReturn);
  const [reason, setReason] = useState("");
  const [refused, setRefused] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { data, failure, denials } = await correct({ input: { returnId: record.id, reason } });
    const problem = failure?.message ?? data?.correctTaxReturn?.refusals[0]?.message ?? denials.at("correctTaxReturn")?.message;
    if (problem !== undefined) return setRefused(problem);
    sayDone({ text: i18n.t("Correction begun.") });
    onDone();
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width="narrow"
      title={i18n.t("Correct the return")}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" type="submit" form={form} busy={correcting}>
            {i18n.t("Begin")}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={(event) => void submit(event)}>
        <p>{words.correcting(model)}</p>
        <Field label={i18n.t("Reason")} error={refused}>
          {(ids) => (
            <TextInput
              {...ids}
              data-autofocus
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
