import { newRequestKey, useWrite } from "@atrio/kit/graphql";
import { Button, Checkbox, Dialog, Field, Select, sayDone, TextArea, TextInput } from "@atrio/kit/ui";
import { LOCALE_NAMES, LOCALES, useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useId, useState } from "react";
import { rowPlace } from "../app/places";
import { MailDocument } from "../gql/operations";
import type { SalesPaper } from "./DocumentBody";
import styles from "./Documents.module.css";

interface MailDialogProps {
  clientId: string;
  document: SalesPaper;
  /** Kind and number, as a person calls it. */
  name: string;
  onClose: () => void;
}

/** To whom a document goes by mail, in which language and how. Sending cannot be taken back, so it is asked once. */
export function MailDialog({ clientId, document, name, onClose }: MailDialogProps) {
  const i18n = useWords();
  const form = useId();
  const { contact } = document;
  const [to, setTo] = useState(contact?.email ?? "");
  const [language, setLanguage] = useState(contact?.language ?? "es");
  const [attachPdf, setAttachPdf] = useState(true);
  const [message, setMessage] = useState("");
  const [requestKey] = useState(newRequestKey);
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const [mail, mailing] = useWrite(MailDocument);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (mailing) return;
    const { data, failure, denials } = await mail({
      id: document.id,
      requestKey,
      attachPdf,
      to: to.trim() || null,
      language,
      message: message.trim() || null,
    });
    const problem = failure?.message ?? denials.at("mailDocument")?.message;
    if (problem !== undefined) return setRefused(new Map([["", problem]]));
    const refusals = data?.mailDocument?.refusals ?? [];
    if (refusals.length > 0) return setRefused(new Map(refusals.map((one) => [one.path.join("."), one.message])));
    sayDone({ text: i18n.t("{name} goes to {to}.", { name, to: to.trim() || (contact?.name ?? "") }) });
    onClose();
  };
  const unplaced = [...refused].filter(([path]) => !["to", "language", "message"].includes(path));
  return (
    <Dialog
      open
      onClose={onClose}
      title={i18n.t("Mail {name}", { name })}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" type="submit" form={form} busy={mailing}>
            {i18n.t("Send the mail")}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
        {unplaced.map(([path, text]) => (
          <p key={path} role="alert" className={styles.refused}>
            {text}
          </p>
        ))}
        <Field label={i18n.t("Recipient")} error={refused.get("to")}>
          {(ids) => (
            <TextInput
              {...ids}
              data-autofocus
              type="email"
              autoComplete="off"
              maxLength={254}
              value={to}
              onChange={(event) => setTo(event.target.value)}
            />
          )}
        </Field>
        {contact && !contact.email && (
          <p className={styles.quiet}>
            {i18n.t("The contact has no e-mail address.")}{" "}
            <Link {...rowPlace.contact(clientId, contact.id)}>{i18n.t("Open the contact")}</Link>
          </p>
        )}
        <Field label={i18n.t("Language")} error={refused.get("language")}>
          {(ids) => (
            <Select {...ids} value={language} onChange={(event) => setLanguage(event.target.value)}>
              {LOCALES.map((one) => (
                <option key={one} value={one} lang={one}>
                  {LOCALE_NAMES[one]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field
          label={i18n.t("Message")}
          help={i18n.t("Stands above the usual text; may stay empty.")}
          error={refused.get("message")}
        >
          {(ids) => (
            <TextArea {...ids} rows={4} maxLength={2000} value={message} onChange={(event) => setMessage(event.target.value)} />
          )}
        </Field>
        <div>
          <Checkbox
            label={i18n.t("Attach the PDF")}
            checked={attachPdf}
            onChange={(event) => setAttachPdf(event.target.checked)}
          />
          <p className={styles.quiet}>
            {attachPdf
              ? i18n.t("With the PDF nobody learns whether it was read.")
              : i18n.t("The mail leads into the portal, where the first download is noted.")}
          </p>
        </div>
      </form>
    </Dialog>
  );
}
