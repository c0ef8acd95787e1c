import { localDate } from "@atrio/kit/format";
import { useWrite } from "@atrio/kit/graphql";
import { Button, Checkbox, DateInput, Dialog, Field, Select, sayDone, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useState } from "react";
import { FileTaxReturn, type TaxModel, type TaxResultType } from "../gql/operations";
import type { KeptReturn } from "./ReturnFacts";
import styles from "./Taxes.module.css";
import { useTaxWords } from "./words";

interface FileDialogProps {
  model: TaxModel;
  record: KeptReturn;
  onClose: () => void;
  onDone: () => void;
}

/** The receipt of the tax agency: after it the return is kept for good. */
export function FileDialog({ model, record, onClose, onDone }: FileDialogProps) {
  const i18n = useWords();
  const { results } = useTaxWords();
  const form = useId();
  const [file, filing] = useWrite(FileTaxReturn);
  const [receipt, setReceipt] = useState("");
  const [code, setCode] = useState("");
  const [filedOn, setFiledOn] = useState<string | null>(localDate());
  const [resultType, setResultType] = useState(record.resultType ?? undefined);
  const [settle, setSettle] = useState(true);
  const [refused, setRefused] = useState<{ path: string; message: string }>();
  const choices = resultsOf(record.resultAmount ?? "0.00");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (filedOn === null) return setRefused({ path: "filedOn", message: i18n.t("Give the day it was filed.") });
    const { data, failure, denials } = await file({
      input: { returnId: record.id, receipt, verificationCode: code, filedOn, resultType: resultType ?? null, settle },
    });
    const no = data?.fileTaxReturn?.refusals[0];
    const message = failure?.message ?? no?.message ?? denials.at("fileTaxReturn")?.message;
    if (message !== undefined) return setRefused({ path: no?.path[1] ?? "", message });
    sayDone({ text: i18n.t("Filing noted.") });
    onDone();
    onClose();
  };
  const at = (path: string) => (refused?.path === path ? refused.message : undefined);
  const vat = model === "M303";
  return (
    <Dialog
      open
      onClose={onClose}
      title={i18n.t("Note the filing")}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" type="submit" form={form} busy={filing}>
            {i18n.t("Note the filing")}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field label={i18n.t("Receipt number, 13 digits")} error={at("receipt")}>
          {(ids) => (
            <TextInput
              {...ids}
              data-autofocus
              inputMode="numeric"
              maxLength={13}
              value={receipt}
              onChange={(event) => setReceipt(event.target.value)}
            />
          )}
        </Field>
        <Field label={i18n.t("Verification code (CSV), 16 signs")} error={at("verificationCode")}>
          {(ids) => <TextInput {...ids} maxLength={16} value={code} onChange={(event) => setCode(event.target.value)} />}
        </Field>
        <Field label={i18n.t("Filed on")} error={at("filedOn")}>
          {(ids) => <DateInput {...ids} value={filedOn} onChange={setFiledOn} />}
        </Field>
        {record.resultType && (
          <Field label={i18n.t("Result")} error={at("resultType")}>
            {(ids) => (
              <Select {...ids} value={resultType} onChange={(event) => setResultType(event.target.value as TaxResultType)}>
                {choices.map((one) => (
                  <option key={one} value={one}>
                    {results[one]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        {vat && (
          <Checkbox
            label={i18n.t("Post the entry that clears the VAT accounts")}
            checked={settle}
            onChange={(event) => setSettle(event.target.checked)}
          />
        )}
        {vat && <p>{i18n.t("Filing locks the period: nothing can be posted in it afterwards.")}</p>}
        {refused && !["receipt", "verificationCode", "filedOn", "resultType"].includes(refused.path) && (
          <p role="alert">{refused.message}</p>
        )}
      </form>
    </Dialog>
  );
}

/** What can become of a result, by its sign. */
function resultsOf(amount: string): readonly TaxResultType[] {
  if (amount.startsWith("-")) return ["COMPENSATE", "REFUND"];
  return /[1-9]/.test(amount) ? ["TO_PAY", "DIRECT_DEBIT"] : ["NOTHING"];
}
