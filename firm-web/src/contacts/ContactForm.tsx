import { newRequestKey, useWrite } from "@atrio/kit/graphql";
import { Button, Checkbox, Dialog, Field, focusWrong, Icon, Select, sayDone, TextArea, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import { usePaymentMethods } from "../app/paymentMethods";
import { CreateContact, type CreateContactMutation, type PaymentMethod, UpdateContact } from "../gql/operations";
import { BOOKKEEPING, BookkeepingFields } from "./BookkeepingFields";
import styles from "./Contacts.module.css";
import { type Card, emptyForm, fieldOf, formOf, type TextName, valuesOf } from "./form";
import { IbanFields } from "./IbanFields";

type Similar = NonNullable<CreateContactMutation["createContact"]>["similar"];

interface ContactFormProps {
  clientId: string;
  /** The card to change; a new one without it. */
  card?: Card;
  onClose: () => void;
  onSaved: (id: string) => void;
}

const WIDE = new Set<TextName>(["name", "address"]);

/** A card by hand, new or changed. What the gateway refuses stands at the field it is about. */
export function ContactForm({ clientId, card, onClose, onSaved }: ContactFormProps) {
  const i18n = useWords();
  const id = useId();
  const element = useRef<HTMLFormElement>(null);
  const [form, setForm] = useState(() => (card ? formOf(card) : emptyForm()));
  const [requestKey, setRequestKey] = useState(newRequestKey);
  const [refused, setRefused] = useState<{ field?: string; message: string }>();
  const [similar, setSimilar] = useState<Similar>([]);
  const [create, creating] = useWrite(CreateContact);
  const [update, updating] = useWrite(UpdateContact);
  const methods = usePaymentMethods();
  const labels = useLabels();
  const change = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }));
  const errorAt = (field: string) => (refused?.field === field ? refused.message : undefined);

  const send = async (acceptSimilar: boolean) => {
    const values = valuesOf(form);
    if (card) {
      const { data, failure, denials } = await update({ input: { id: card.id, version: card.version ?? 0, ...values } });
      const payload = data?.updateContact;
      return { saved: payload?.contact, refusal: payload?.refusals[0], failure, denied: denials.at("updateContact") };
    }
    const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
    const input = { ...(filled as typeof values), companyId: clientId, acceptSimilar, requestKey };
    const { data, failure, denials } = await create({ input: input as Parameters<typeof create>[0]["input"] });
    const payload = data?.createContact;
    setSimilar(payload?.similar ?? []);
    return { saved: payload?.contact, refusal: payload?.refusals[0], failure, denied: denials.at("createContact") };
  };
  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    if (creating || updating) return;
    if (form.texts.name.trim() === "") return setRefused({ field: "name", message: i18n.t("A contact needs a name.") });
    const { saved, refusal, failure, denied } = await send(similar.length > 0);
    const problem = failure?.message ?? refusal?.message ?? denied?.message;
    if (problem !== undefined) {
      // Another try is another wish; a lost answer keeps its key.
      if (!failure?.offline) setRequestKey(newRequestKey());
      setRefused({ field: refusal && fieldOf(refusal.path), message: problem });
      focusWrong(element);
      return;
    }
    const name = form.texts.name.trim();
    sayDone({ text: card ? i18n.t("Contact {name} saved", { name }) : i18n.t("Contact {name} made", { name }) });
    if (saved) onSaved(saved.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && event.ctrlKey) void submit();
  };
  const text = (name: TextName) => (
    <div key={name} className={WIDE.has(name) ? styles.wide : undefined}>
      <Field label={labels[name]} error={errorAt(name)}>
        {(ids) => (
          <TextInput
            {...ids}
            type={name === "email" ? "email" : name === "phone" ? "tel" : "text"}
            autoComplete="off"
            maxLength={200}
            data-autofocus={name === "name" || undefined}
            value={form.texts[name]}
            onChange={(event) => change({ texts: { ...form.texts, [name]: event.target.value } })}
          />
        )}
      </Field>
    </div>
  );
  const choices = ["days", "payDays", "tags", "language", "paymentMethod", ...BOOKKEEPING];
  const known = new Set<string>([...choices, ...Object.keys(labels)]);
  const placed = refused?.field !== undefined && (known.has(refused.field) || refused.field.startsWith("ibans."));
  return (
    <Dialog
      open
      onClose={onClose}
      title={card ? i18n.t("Edit contact") : i18n.t("New contact")}
      width="wide"
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" type="submit" form={id} hint="Ctrl Enter" busy={creating || updating}>
            {similar.length > 0 ? i18n.t("Save anyway") : i18n.t("Save")}
          </Button>
        </>
      }
    >
      <form
        id={id}
        ref={element}
        noValidate
        className={styles.form}
        onKeyDown={onKeyDown}
        onSubmit={(event) => void submit(event)}
      >
        {(["name", "tradeName", "taxId", "email", "phone", "address", "postcode", "city", "province", "country"] as const).map(
          text,
        )}
        <fieldset className={`${styles.wide} ${styles.bare} ${styles.ticks}`}>
          <legend className="unseen">{i18n.t("Kind")}</legend>
          <Checkbox
            label={i18n.t("Customer")}
            checked={form.isCustomer}
            onChange={(event) => change({ isCustomer: event.target.checked })}
          />
          <Checkbox
            label={i18n.t("Supplier")}
            checked={form.isSupplier}
            onChange={(event) => change({ isSupplier: event.target.checked })}
          />
        </fieldset>
        {similar.length > 0 && (
          <div role="alert" className={`${styles.wide} ${styles.similar}`}>
            <p>{i18n.t("There may be one already. Save again if this is another one.")}</p>
            <ul>
              {similar.map((one) => one && <li key={one.id}>{[one.name, one.taxId, one.city].filter(Boolean).join(" · ")}</li>)}
            </ul>
          </div>
        )}
        <h3 className={styles.wide}>{i18n.t("Payment")}</h3>
        <Field
          label={i18n.t("Days after the invoice")}
          help={i18n.t("For example 30, 60, 90: equal parts.")}
          error={errorAt("days")}
        >
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="numeric"
              value={form.days}
              onChange={(event) => change({ days: event.target.value })}
            />
          )}
        </Field>
        <Field label={i18n.t("Fixed pay days")} help={i18n.t("Days of the month, for example 5, 25.")} error={errorAt("payDays")}>
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="numeric"
              value={form.payDays}
              onChange={(event) => change({ payDays: event.target.value })}
            />
          )}
        </Field>
        <Field label={i18n.t("Payment method")} error={errorAt("paymentMethod")}>
          {(ids) => (
            <Select
              {...ids}
              value={form.paymentMethod}
              onChange={(event) => change({ paymentMethod: event.target.value as PaymentMethod | "" })}
            >
              <option value="">–</option>
              {Object.entries(methods).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <div className={styles.ticks}>
          <Checkbox
            label={i18n.t("End of month")}
            checked={form.monthEnd}
            onChange={(event) => change({ monthEnd: event.target.checked })}
          />
        </div>
        <IbanFields ibans={form.ibans} errorAt={errorAt} onChange={(ibans) => change({ ibans })} />
        <h3 className={styles.wide}>{i18n.t("Bookkeeping")}</h3>
        {(["incomeAccountCode", "expenseAccountCode"] as const).map(text)}
        <BookkeepingFields form={form} errorAt={errorAt} onChange={change} />
        <Field label={i18n.t("Language of documents")} error={errorAt("language")}>
          {(ids) => (
            <Select {...ids} value={form.language} onChange={(event) => change({ language: event.target.value })}>
              <option value="es">Español</option>
              <option value="ca">Català</option>
              <option value="en">English</option>
              <option value="sv">Svenska</option>
            </Select>
          )}
        </Field>
        <Field label={i18n.t("Tags")} help={i18n.t("Separated by commas.")} error={errorAt("tags")}>
          {(ids) => <TextInput {...ids} value={form.tags} onChange={(event) => change({ tags: event.target.value })} />}
        </Field>
        <div className={styles.wide}>
          <Field label={i18n.t("Notes")} help={i18n.t("The contact never sees them.")} error={errorAt("notes")}>
            {(ids) => (
              <TextArea
                {...ids}
                maxLength={4000}
                value={form.texts.notes}
                onChange={(event) => change({ texts: { ...form.texts, notes: event.target.value } })}
              />
            )}
          </Field>
        </div>
        {refused && !placed && (
          <p role="alert" className={`${styles.wide} ${styles.refused}`}>
            <Icon name="warn" /> {refused.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}

function useLabels(): Record<TextName, string> {
  const i18n = useWords();
  return {
    name: i18n.t("Name"),
    tradeName: i18n.t("Trade name"),
    taxId: i18n.t("Tax number"),
    email: i18n.t("E-mail"),
    phone: i18n.t("Phone"),
    address: i18n.t("Address"),
    postcode: i18n.t("Postcode"),
    city: i18n.t("Town"),
    province: i18n.t("Province"),
    country: i18n.t("Country (two letters)"),
    incomeAccountCode: i18n.t("Account for sales"),
    expenseAccountCode: i18n.t("Account for purchases"),
    salesTaxCode: i18n.t("Tax code for sales"),
    purchaseTaxCode: i18n.t("Tax code for purchases"),
    notes: i18n.t("Notes"),
  };
}
