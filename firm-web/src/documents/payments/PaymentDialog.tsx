import { localDate, useFormats } from "@atrio/kit/format";
import { newRequestKey, useWrite } from "@atrio/kit/graphql";
import { Button, DateInput, Dialog, Field, focusWrong, MoneyInput, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useRef, useState } from "react";
import type { DocumentSide } from "../../app/places";
import { type Problem, problemOf } from "../../app/problemOf";
import { RecordPayment, UndoSettlement } from "../../gql/operations";
import type { PurchasePaper, SalesPaper } from "../DocumentBody";
import styles from "../Documents.module.css";
import { MoneyAccountField } from "./MoneyAccountField";
import { comesIn, signedLike, unsigned } from "./paying";

const CASH = "570";
const FIELDS = ["amount", "on", "accountCode", "paid"] as const;

interface PaymentDialogProps {
  clientId: string;
  side: DocumentSide;
  document: SalesPaper | PurchasePaper;
  onClose: () => void;
}

/** Money that did not come with a bank line: cash, or a statement that is not imported. It is posted at once. */
export function PaymentDialog({ clientId, side, document, onClose }: PaymentDialogProps) {
  const i18n = useWords();
  const f = useFormats();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const { outstanding, currency, exchangeRate } = document;
  const inBooks = exchangeRate === null || Number(exchangeRate) === 1;
  const [amount, setAmount] = useState<string | null>(unsigned(outstanding));
  const [paid, setPaid] = useState<string | null>(null);
  const [on, setOn] = useState<string | null>(localDate());
  const [account, setAccount] = useState(CASH);
  const [refused, setRefused] = useState<Problem>();
  const asked = useRef({ content: "", key: "" });
  const [record, busy] = useWrite(RecordPayment);
  const [undo] = useWrite(UndoSettlement);
  const refuse = (problem: Problem) => {
    setRefused(problem);
    focusWrong(form);
  };
  const takeBack = async (settlement: string) => {
    const problem = problemOf(await undo({ id: settlement }), "undoSettlement");
    if (problem) throw new Error(problem.message);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const missing = i18n.t("This is missing.");
    if (amount === null) return refuse({ field: "amount", message: missing });
    if (!inBooks && paid === null) return refuse({ field: "paid", message: missing });
    if (on === null) return refuse({ field: "on", message: missing });
    const input = {
      documentId: document.id,
      amount: signedLike(amount, outstanding),
      on,
      accountCode: account || CASH,
      paid: inBooks || paid === null ? null : signedLike(paid, outstanding),
    };
    // The same question keeps its key, so that a lost answer pays once.
    const content = JSON.stringify(input);
    if (asked.current.content !== content) asked.current = { content, key: newRequestKey() };
    const answer = await record({ input: { ...input, requestKey: asked.current.key } });
    const problem = problemOf(answer, "recordPayment");
    if (problem) return refuse(problem);
    const paper = answer.data?.recordPayment?.salesDocument ?? answer.data?.recordPayment?.purchaseDocument;
    const known = new Set(document.settlements?.map((one) => one.id));
    const made = paper?.settlements?.find((one) => !known.has(one.id));
    sayDone({
      text: i18n.t("Posted: {amount}.", { amount: f.money(input.amount, currency) }),
      undo: made && (() => takeBack(made.id)),
    });
    onClose();
  };
  const at = (field: (typeof FIELDS)[number]) => (refused?.field === field ? refused.message : undefined);
  const general = refused && !FIELDS.some((field) => field === refused.field) ? refused.message : undefined;
  return (
    <Dialog
      open
      onClose={onClose}
      width="narrow"
      title={comesIn(side, outstanding) ? i18n.t("Record a collection") : i18n.t("Record a payment")}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" type="submit" form={id} busy={busy}>
            {i18n.t("Post")}
          </Button>
        </>
      }
    >
      <form id={id} ref={form} noValidate className={styles.form} onSubmit={(event) => void submit(event)}>
        <p>{i18n.t("For cash and other money without a bank line. A bank line is matched on the bank page.")}</p>
        {general && (
          <p role="alert" className={styles.refused}>
            {general}
          </p>
        )}
        <Field
          label={inBooks ? i18n.t("Amount") : i18n.t("Amount in {currency}", { currency })}
          help={i18n.t("{amount} is open.", { amount: f.money(outstanding, currency) })}
          error={at("amount")}
        >
          {(ids) => <MoneyInput {...ids} data-autofocus value={amount} onChange={setAmount} />}
        </Field>
        {!inBooks && (
          <Field
            label={i18n.t("What moved, in the currency of the books")}
            help={i18n.t("The difference to what was booked goes to exchange differences.")}
            error={at("paid")}
          >
            {(ids) => <MoneyInput {...ids} value={paid} onChange={setPaid} />}
          </Field>
        )}
        <Field label={i18n.t("Day of the money")} error={at("on")}>
          {(ids) => <DateInput {...ids} value={on} onChange={setOn} />}
        </Field>
        <Field label={i18n.t("Cash or bank account")} error={at("accountCode")}>
          {(ids) => <MoneyAccountField ids={ids} clientId={clientId} value={account} onChange={setAccount} />}
        </Field>
      </form>
    </Dialog>
  );
}
