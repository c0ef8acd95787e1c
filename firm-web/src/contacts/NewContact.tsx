import { newRequestKey, useWrite } from "@atrio/kit/graphql";
import { Button, Checkbox, Dialog, Field, sayDone, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import { CreateContact } from "../gql/operations";
import styles from "./Contacts.module.css";

interface NewContactProps {
  clientId: string;
  onClose: () => void;
  onMade: (id: string) => void;
}

const FIELDS = ["name", "taxId", "email", "phone", "address", "postcode", "city", "province"] as const;
type FieldName = (typeof FIELDS)[number];

/** A contact by hand. What the gateway refuses stands at the field it is about. */
export function NewContact({ clientId, onClose, onMade }: NewContactProps) {
  const i18n = useWords();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState<Record<FieldName, string>>(
    () => Object.fromEntries(FIELDS.map((name) => [name, ""])) as Record<FieldName, string>,
  );
  const [kinds, setKinds] = useState({ isCustomer: true, isSupplier: false });
  const [requestKey, setRequestKey] = useState(newRequestKey);
  const [refused, setRefused] = useState<{ field?: string; message: string }>();
  const [create, creating] = useWrite(CreateContact);
  const labels: Record<FieldName, string> = {
    name: i18n.t("Name"),
    taxId: i18n.t("Tax number"),
    email: i18n.t("E-mail"),
    phone: i18n.t("Phone"),
    address: i18n.t("Address"),
    postcode: i18n.t("Postcode"),
    city: i18n.t("Town"),
    province: i18n.t("Province"),
  };
  const types: Partial<Record<FieldName, string>> = { email: "email", phone: "tel" };
  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    if (creating) return;
    if (values.name.trim() === "") return setRefused({ field: "name", message: i18n.t("A contact needs a name.") });
    const filled = Object.fromEntries(FIELDS.flatMap((name) => (values[name].trim() ? [[name, values[name].trim()]] : [])));
    const { data, failure, denials } = await create({
      input: { companyId: clientId, ...(filled as { name: string }), ...kinds, requestKey },
    });
    const refusal = data?.createContact?.refusals[0];
    const problem = failure?.message ?? refusal?.message ?? denials.at("createContact")?.message;
    if (problem !== undefined) {
      // Another try is another wish; a lost answer keeps its key.
      if (!failure?.offline) setRequestKey(newRequestKey());
      const field = refusal?.path.findLast((name) => FIELDS.some((known) => known === name));
      setRefused({ field, message: problem });
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      return;
    }
    sayDone({ text: i18n.t("Contact {name} made", { name: values.name.trim() }) });
    if (data?.createContact?.contact) onMade(data.createContact.contact.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && event.ctrlKey) void submit();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={i18n.t("New contact")}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" type="submit" form={id} hint="Ctrl Enter" busy={creating}>
            {i18n.t("Save")}
          </Button>
        </>
      }
    >
      <form id={id} ref={form} noValidate className={styles.form} onKeyDown={onKeyDown} onSubmit={(event) => void submit(event)}>
        {FIELDS.map((name) => (
          <div key={name} className={name === "name" || name === "address" ? styles.wide : undefined}>
            <Field label={labels[name]} error={refused?.field === name ? refused.message : undefined}>
              {(ids) => (
                <TextInput
                  {...ids}
                  type={types[name] ?? "text"}
                  autoComplete="off"
                  maxLength={200}
                  data-autofocus={name === "name" || undefined}
                  value={values[name]}
                  onChange={(event) => setValues((now) => ({ ...now, [name]: event.target.value }))}
                />
              )}
            </Field>
          </div>
        ))}
        <div className={`${styles.wide} ${styles.ticks}`}>
          <Checkbox
            label={i18n.t("Customer")}
            checked={kinds.isCustomer}
            onChange={(event) => setKinds((now) => ({ ...now, isCustomer: event.target.checked }))}
          />
          <Checkbox
            label={i18n.t("Supplier")}
            checked={kinds.isSupplier}
            onChange={(event) => setKinds((now) => ({ ...now, isSupplier: event.target.checked }))}
          />
        </div>
        {refused && !refused.field && (
          <p role="alert" className={`${styles.wide} ${styles.refused}`}>
            {refused.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}
