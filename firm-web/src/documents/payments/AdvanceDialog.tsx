import { toMinor, useFormats } from "@atrio/kit/format";
import { useRead, useWrite } from "@atrio/kit/graphql";
import { Button, Dialog, Field, focusWrong, MoneyInput, Select, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useRef, useState } from "react";
import type { DocumentSide } from "../../app/places";
import { type Problem, problemOf } from "../../app/problemOf";
import { DeductAdvance, PurchaseAdvances, SalesAdvances } from "../../gql/operations";
import type { PurchasePaper, SalesPaper } from "../DocumentBody";
import styles from "../Documents.module.css";

/** Where advances stand, the same as the gateway's (services/documents/actions/advances.py). */
const ADVANCE_ACCOUNTS = { sales: "438", purchases: "407" };
const ISSUED = ["APPROVED", "PARTLY_PAID", "PAID"];

interface AdvanceDialogProps {
  clientId: string;
  side: DocumentSide;
  document: SalesPaper | PurchasePaper;
  onClose: () => void;
}

/** Takes an advance that was invoiced before off a draft, its VAT included. */
export function AdvanceDialog({ clientId, side, document, onClose }: AdvanceDialogProps) {
  const i18n = useWords();
  const f = useFormats();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const asked = { companyId: clientId, filter: { contactId: document.contact?.id ?? "" } };
  const sales = useRead(SalesAdvances, asked, side !== "sales");
  const purchases = useRead(PurchaseAdvances, asked, side !== "purchases");
  const found = sales.data?.salesDocuments?.nodes ?? purchases.data?.purchaseDocuments?.nodes;
  const isAdvance = (line: { ledgerAccountCode: string | null; base: string }) =>
    line.ledgerAccountCode?.startsWith(ADVANCE_ACCOUNTS[side]) && toMinor(line.base) > 0n;
  const advances = found?.filter(
    (one) => one.currency === document.currency && ISSUED.includes(one.status) && one.lines?.some(isAdvance),
  );
  const [chosen, setChosen] = useState<string>();
  const [amount, setAmount] = useState<string | null>(null);
  const [refused, setRefused] = useState<Problem>();
  const [deduct, busy] = useWrite(DeductAdvance);
  const advance = advances?.find((one) => one.id === chosen) ?? advances?.[0];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || !advance) return;
    const text = i18n.t("Advance {number}", { number: advance.number ?? "" });
    const input = { documentId: document.id, version: document.version, advanceId: advance.id, amount, text };
    const problem = problemOf(await deduct({ input }), "deductAdvance");
    if (problem) {
      setRefused(problem);
      return focusWrong(form);
    }
    sayDone({ text: i18n.t("The advance was taken off.") });
    onClose();
  };
  const inAmount = refused?.field === "amount" ? refused.message : undefined;
  const none = advances !== undefined && advances.length === 0;
  return (
    <Dialog
      open
      onClose={onClose}
      width="narrow"
      title={i18n.t("Take an advance off")}
      actions={
        <>
          <Button onClick={onClose}>{none ? i18n.t("Close") : i18n.t("Cancel")}</Button>
          {!none && (
            <Button kind="primary" type="submit" form={id} busy={busy || advances === undefined}>
              {i18n.t("Take it off")}
            </Button>
          )}
        </>
      }
    >
      {none ? (
        <p>
          {i18n.t("This contact has no approved invoice with an advance (account {account}) in {currency}.", {
            account: ADVANCE_ACCOUNTS[side],
            currency: document.currency,
          })}
        </p>
      ) : (
        <form id={id} ref={form} noValidate className={styles.form} onSubmit={(event) => void submit(event)}>
          {refused && inAmount === undefined && (
            <p role="alert" className={styles.refused}>
              {refused.message}
            </p>
          )}
          <Field label={i18n.t("Advance")}>
            {(ids) => (
              <Select {...ids} data-autofocus value={advance?.id ?? ""} onChange={(event) => setChosen(event.target.value)}>
                {(advances ?? []).map((one) => (
                  <option key={one.id} value={one.id}>
                    {[one.number, f.date(one.issuedOn)].filter(Boolean).join(" · ")}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={i18n.t("Amount without VAT")} help={i18n.t("Left empty, all that is left of it.")} error={inAmount}>
            {(ids) => <MoneyInput {...ids} value={amount} onChange={setAmount} />}
          </Field>
        </form>
      )}
    </Dialog>
  );
}
