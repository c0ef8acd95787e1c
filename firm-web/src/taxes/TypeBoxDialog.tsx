import { useWrite } from "@atrio/kit/graphql";
import { Button, Dialog, Field, MoneyInput, sayDone, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useState } from "react";
import { type TaxModel, TypeTaxBox } from "../gql/operations";
import type { Box } from "./Form";
import styles from "./Taxes.module.css";

interface TypeBoxDialogProps {
  asked: { companyId: string; model: TaxModel; year: number; period: string };
  box: Box;
  label: string;
  onClose: () => void;
  onDone: () => void;
}

/** A box that no document says: its amount and where it comes from. */
export function TypeBoxDialog({ asked, box, label, onClose, onDone }: TypeBoxDialogProps) {
  const i18n = useWords();
  const form = useId();
  const [type, typing] = useWrite(TypeTaxBox);
  const [amount, setAmount] = useState<string | null>(box.typed ? box.amount : null);
  const [reason, setReason] = useState(box.reason ?? "");
  const [refused, setRefused] = useState<string>();
  const send = async (wanted: string | null) => {
    const { data, failure, denials } = await type({
      input: { ...asked, box: box.number, amount: wanted, reason: reason.trim() || null },
    });
    const problem = failure?.message ?? data?.typeTaxBox?.refusals[0]?.message ?? denials.at("typeTaxBox")?.message;
    if (problem !== undefined) return setRefused(problem);
    sayDone({ text: i18n.t("Box {number} saved.", { number: box.number }) });
    onDone();
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (amount === null) return setRefused(i18n.t("Give an amount, or take back what was typed."));
    void send(amount);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width="narrow"
      title={i18n.t("Box {number}: {label}", { number: box.number, label })}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          {box.typed && (
            <Button busy={typing} onClick={() => void send(null)}>
              {i18n.t("Take back")}
            </Button>
          )}
          <Button kind="primary" type="submit" form={form} busy={typing}>
            {i18n.t("Save")}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit}>
        <Field label={i18n.t("Amount")}>
          {(ids) => <MoneyInput {...ids} data-autofocus live value={amount} onChange={setAmount} />}
        </Field>
        <Field label={i18n.t("Where it comes from")} error={refused}>
          {(ids) => <TextInput {...ids} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
      </form>
    </Dialog>
  );
}
