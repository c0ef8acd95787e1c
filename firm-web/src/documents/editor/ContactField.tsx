import { newRequestKey, useClient, useWrite } from "@atrio/kit/graphql";
import { Button, Combobox, Dialog, Field, focusWrong, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useRef, useState } from "react";
import type { DocumentSide } from "../../app/places";
import { ContactNames, CreateContact } from "../../gql/operations";
import type { DraftContact } from "./draft";
import styles from "./Editor.module.css";

interface ContactFieldProps {
  clientId: string;
  side: DocumentSide;
  value: DraftContact | null;
  error: string | undefined;
  onChange: (contact: DraftContact | null) => void;
}

/** Who buys or sells: found by name or tax number, or made on the spot. */
export function ContactField({ clientId, side, value, error, onChange }: ContactFieldProps) {
  const i18n = useWords();
  const network = useClient();
  const [making, setMaking] = useState<string>();
  const label = side === "sales" ? i18n.t("Customer") : i18n.t("Supplier");
  const find = async (search: string) => {
    const { data } = await network.query(ContactNames, { companyId: clientId, search }).toPromise();
    return (data?.contacts?.nodes ?? []).map(({ id, name, taxId }) => ({ id, label: name, detail: taxId ?? undefined }));
  };
  return (
    <Field label={label} error={error} help={value?.taxId ?? (value ? i18n.t("This contact has no tax number.") : undefined)}>
      {(ids) => (
        <div className={styles.contact}>
          <Combobox
            {...ids}
            value={value?.name ?? ""}
            options={find}
            onChoose={({ id, label: name, detail }) => onChange({ id, name, taxId: detail })}
            onText={(text) => (text.trim() === "" ? onChange(null) : setMaking(text.trim()))}
          />
          <Button icon="plus" iconOnly onClick={() => setMaking("")}>
            {i18n.t("New contact")}
          </Button>
          {making !== undefined && (
            <NewContactDialog
              clientId={clientId}
              side={side}
              name={making}
              onMade={(contact) => {
                setMaking(undefined);
                onChange(contact);
              }}
              onClose={() => setMaking(undefined)}
            />
          )}
        </div>
      )}
    </Field>
  );
}

const FIELDS = ["name", "taxId", "address", "postcode", "city"] as const;
type FieldName = (typeof FIELDS)[number];

interface NewContactDialogProps {
  clientId: string;
  side: DocumentSide;
  name: string;
  onMade: (contact: DraftContact) => void;
  onClose: () => void;
}

/** What an invoice must say of the other side; the rest of the card can wait. */
function NewContactDialog({ clientId, side, name, onMade, onClose }: NewContactDialogProps) {
  const i18n = useWords();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState<Record<FieldName, string>>({ name, taxId: "", address: "", postcode: "", city: "" });
  const [requestKey, setRequestKey] = useState(newRequestKey);
  const [refused, setRefused] = useState<{ field?: string; message: string }>();
  const [create, creating] = useWrite(CreateContact);
  const labels: Record<FieldName, string> = {
    name: i18n.t("Name"),
    taxId: i18n.t("Tax number"),
    address: i18n.t("Address"),
    postcode: i18n.t("Postcode"),
    city: i18n.t("Town"),
  };
  const submit = async (event: FormEvent) => {
    // A form inside the editor's form: what is made here is not the document.
    event.preventDefault();
    event.stopPropagation();
    if (creating) return;
    const filled = Object.fromEntries(FIELDS.flatMap((one) => (values[one].trim() ? [[one, values[one].trim()]] : [])));
    const { data, failure, denials } = await create({
      input: {
        companyId: clientId,
        ...(filled as { name: string }),
        isCustomer: side === "sales",
        isSupplier: side === "purchases",
        requestKey,
      },
    });
    const refusal = data?.createContact?.refusals[0];
    const problem = failure?.message ?? refusal?.message ?? denials.at("createContact")?.message;
    const made = data?.createContact?.contact;
    if (problem === undefined && made) return onMade({ id: made.id, name: made.name, taxId: values.taxId.trim() || null });
    if (!failure?.offline) setRequestKey(newRequestKey());
    setRefused({ field: refusal?.path.findLast((one) => FIELDS.some((known) => known === one)), message: problem ?? "" });
    focusWrong(form);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={i18n.t("New contact")}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" type="submit" form={id} busy={creating}>
            {i18n.t("Save")}
          </Button>
        </>
      }
    >
      <form id={id} ref={form} noValidate className={styles.fields} onSubmit={(event) => void submit(event)}>
        {FIELDS.map((one) => (
          <Field key={one} label={labels[one]} error={refused?.field === one ? refused.message : undefined}>
            {(ids) => (
              <TextInput
                {...ids}
                autoComplete="off"
                maxLength={200}
                data-autofocus={one === (name ? "taxId" : "name") || undefined}
                value={values[one]}
                onChange={(event) => setValues((now) => ({ ...now, [one]: event.target.value }))}
              />
            )}
          </Field>
        ))}
        {refused && !refused.field && (
          <p role="alert" className={styles.refused}>
            {refused.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}
