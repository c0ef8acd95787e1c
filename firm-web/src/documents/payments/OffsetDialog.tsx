import { localDate, toMinor, useFormats } from "@atrio/kit/format";
import { newRequestKey, useRead, useWrite } from "@atrio/kit/graphql";
import { Button, DateInput, Dialog, Field, focusWrong, MoneyInput, Select, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useRef, useState } from "react";
import { useDocumentTypes } from "../../app/documentWords";
import type { DocumentSide } from "../../app/places";
import { type Problem, problemOf } from "../../app/problemOf";
import { OffsetDocuments, OpenPurchases, OpenSales } from "../../gql/operations";
import type { PurchasePaper, SalesPaper } from "../DocumentBody";
import styles from "../Documents.module.css";
import { lesser } from "./paying";

const FIELDS = ["other", "amount", "on"] as const;

interface OffsetDialogProps {
  clientId: string;
  side: DocumentSide;
  document: SalesPaper | PurchasePaper;
  onClose: () => void;
}

/** Takes an open credit note off an open invoice of the same contact and currency, without money moving. */
export function OffsetDialog({ clientId, side, document, onClose }: OffsetDialogProps) {
  const i18n = useWords();
  const f = useFormats();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const types = useDocumentTypes();
  const { outstanding, currency } = document;
  const asked = { companyId: clientId, filter: { contactId: document.contact?.id ?? "", open: true } };
  const sales = useRead(OpenSales, asked, side !== "sales");
  const purchases = useRead(OpenPurchases, asked, side !== "purchases");
  const open = sales.data?.salesDocuments?.nodes ?? purchases.data?.purchaseDocuments?.nodes;
  const owes = toMinor(outstanding) > 0n;
  const others = open?.filter((one) => one.currency === currency && toMinor(one.outstanding) > 0n !== owes);
  const [chosen, setChosen] = useState<string>();
  const [typed, setTyped] = useState<string | null>();
  const [on, setOn] = useState<string | null>(localDate());
  const [refused, setRefused] = useState<Problem>();
  const request = useRef({ content: "", key: "" });
  const [offset, busy] = useWrite(OffsetDocuments);
  const other = others?.find((one) => one.id === chosen) ?? others?.[0];
  const amount = typed === undefined && other ? lesser(other.outstanding, outstanding) : (typed ?? null);
  const refuse = (problem: Problem) => {
    setRefused(problem);
    focusWrong(form);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || !other) return;
    const missing = i18n.t("This is missing.");
    if (amount === null) return refuse({ field: "amount", message: missing });
    if (on === null) return refuse({ field: "on", message: missing });
    const [documentId, creditId] = owes ? [document.id, other.id] : [other.id, document.id];
    const input = { documentId, creditId, amount, on };
    // The same question keeps its key, so that a lost answer sets off once.
    const content = JSON.stringify(input);
    if (request.current.content !== content) request.current = { content, key: newRequestKey() };
    const answer = await offset({ input: { ...input, requestKey: request.current.key } });
    const problem = problemOf(answer, "offsetDocuments");
    if (problem) return refuse(problem);
    sayDone({ text: i18n.t("{amount} was set off.", { amount: f.money(amount, currency) }) });
    onClose();
  };
  const at = (field: (typeof FIELDS)[number]) => (refused?.field === field ? refused.message : undefined);
  const general = refused && !FIELDS.some((field) => field === refused.field) ? refused.message : undefined;
  const none = others !== undefined && others.length === 0;
  return (
    <Dialog
      open
      onClose={onClose}
      width="narrow"
      title={i18n.t("Set off")}
      actions={
        <>
          <Button onClick={onClose}>{none ? i18n.t("Close") : i18n.t("Cancel")}</Button>
          {!none && (
            <Button kind="primary" type="submit" form={id} busy={busy || others === undefined}>
              {i18n.t("Set off")}
            </Button>
          )}
        </>
      }
    >
      {none ? (
        <p>
          {owes
            ? i18n.t("This contact has no open credit note in {currency}.", { currency })
            : i18n.t("This contact has no open invoice in {currency}.", { currency })}
        </p>
      ) : (
        <form id={id} ref={form} noValidate className={styles.form} onSubmit={(event) => void submit(event)}>
          {general && (
            <p role="alert" className={styles.refused}>
              {general}
            </p>
          )}
          <Field label={owes ? i18n.t("Credit note") : i18n.t("Invoice")} error={at("other")}>
            {(ids) => (
              <Select
                {...ids}
                data-autofocus
                value={other?.id ?? ""}
                onChange={(event) => {
                  setChosen(event.target.value);
                  setTyped(undefined);
                }}
              >
                {(others ?? []).map((one) => (
                  <option key={one.id} value={one.id}>
                    {[types[one.type], one.number, f.date(one.issuedOn), f.money(one.outstanding, currency)]
                      .filter(Boolean)
                      .join(" · ")}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={i18n.t("Amount")} error={at("amount")}>
            {(ids) => <MoneyInput {...ids} value={amount} onChange={setTyped} />}
          </Field>
          <Field label={i18n.t("Date")} error={at("on")}>
            {(ids) => <DateInput {...ids} value={on} onChange={setOn} />}
          </Field>
        </form>
      )}
    </Dialog>
  );
}
