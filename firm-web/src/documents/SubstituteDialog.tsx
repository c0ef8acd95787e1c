import { localDate } from "@atrio/kit/format";
import { newRequestKey, useWrite } from "@atrio/kit/graphql";
import { Button, DateInput, Dialog, Field, focusWrong, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useId, useRef, useState } from "react";
import { rowPlace } from "../app/places";
import { SubstituteInvoices } from "../gql/operations";
import styles from "./Documents.module.css";
import { ContactField } from "./editor/ContactField";
import type { DraftContact } from "./editor/draft";

interface SubstituteDialogProps {
  clientId: string;
  /** The simplified invoices that the full one takes the place of. */
  invoices: readonly { id: string; number: string | null }[];
  onClose: () => void;
}

/** For whom one full invoice is made in place of simplified ones, and of which day. It opens ready to be approved. */
export function SubstituteDialog({ clientId, invoices, onClose }: SubstituteDialogProps) {
  const i18n = useWords();
  const navigate = useNavigate();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [contact, setContact] = useState<DraftContact | null>(null);
  const [issuedOn, setIssuedOn] = useState<string | null>(localDate());
  const [refused, setRefused] = useState<{ field?: string; message: string }>();
  const asked = useRef({ content: "", key: "" });
  const [substitute, busy] = useWrite(SubstituteInvoices);
  const refuse = (message: string, field?: string) => {
    setRefused({ field: FIELDS.find((one) => one === field), message });
    focusWrong(form);
  };
  // What was wrong with another choice says nothing of this one.
  const chooseContact = (chosen: DraftContact | null) => {
    setContact(chosen);
    setRefused(undefined);
  };
  const chooseDay = (chosen: string | null) => {
    setIssuedOn(chosen);
    setRefused(undefined);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (contact === null) return refuse(i18n.t("This is missing."), "contactId");
    if (issuedOn === null) return refuse(i18n.t("This is missing."), "issuedOn");
    const input = { ids: invoices.map((one) => one.id), contactId: contact.id, issuedOn, forReview: true };
    // The same question keeps its key, so that a lost answer makes no second invoice.
    const content = JSON.stringify(input);
    if (asked.current.content !== content) asked.current = { content, key: newRequestKey() };
    const { data, failure, denials } = await substitute({ input: { ...input, requestKey: asked.current.key } });
    const answer = data?.substituteInvoices;
    const problem = failure?.message ?? denials.at("substituteInvoices")?.message;
    const refusal = answer?.refusals[0];
    const made = answer?.salesDocument?.id;
    if (problem !== undefined || refusal || !made) return refuse(problem ?? refusal?.message ?? "", refusal?.path.at(-1));
    sayDone({ text: i18n.t("The full invoice waits for approval.") });
    void navigate(rowPlace.document(clientId, "sales", made));
    onClose();
  };
  const at = (field: (typeof FIELDS)[number]) => (refused?.field === field ? refused.message : undefined);
  return (
    <Dialog
      open
      onClose={onClose}
      title={i18n.t("Full invoice in place of simplified ones")}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" type="submit" form={id} busy={busy}>
            {i18n.t("Make the full invoice")}
          </Button>
        </>
      }
    >
      <form id={id} ref={form} noValidate className={styles.form} onSubmit={(event) => void submit(event)}>
        <p>
          {i18n.t("It says again what {numbers} said, to a customer who may deduct it. They stay as they are.", {
            numbers: invoices.map(({ number }) => number).join(", "),
          })}
        </p>
        {refused && refused.field === undefined && (
          <p role="alert" className={styles.refused}>
            {refused.message}
          </p>
        )}
        <ContactField clientId={clientId} side="sales" value={contact} error={at("contactId")} onChange={chooseContact} />
        <Field label={i18n.t("Date of the full invoice")} error={at("issuedOn")}>
          {(ids) => <DateInput {...ids} value={issuedOn} onChange={chooseDay} />}
        </Field>
      </form>
    </Dialog>
  );
}

const FIELDS = ["contactId", "issuedOn"] as const;
