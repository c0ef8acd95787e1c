import { useFormats } from "@atrio/kit/format";
import { useClient, useRead } from "@atrio/kit/graphql";
import {
  Button,
  Checkbox,
  Combobox,
  DateInput,
  DecimalInput,
  Field,
  focusWrong,
  Select,
  TextArea,
  TextInput,
} from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useRef, useState } from "react";
import { ContactNames, RecurringDates, type RecurringFollowUp, type RecurringFrequency } from "../gql/operations";
import { inputOf, scheduleOf, type TemplateDraft } from "./form";
import { LineFields } from "./LineFields";
import styles from "./Recurring.module.css";
import { useFollowUps, useFrequencies } from "./words";

export interface Refused {
  path: readonly string[];
  message: string;
}

interface TemplateFormProps {
  clientId: string;
  first: TemplateDraft;
  saving: boolean;
  onSave: (input: NonNullable<ReturnType<typeof inputOf>>) => Promise<Refused | undefined>;
  onCancel: () => void;
}

const FREQUENCIES: readonly RecurringFrequency[] = ["MONTHLY", "QUARTERLY", "YEARLY", "WEEKLY"];
const FOLLOW_UPS: readonly RecurringFollowUp[] = ["DRAFT", "APPROVE", "SEND"];

/** A template: for whom, when, what, and what becomes of each invoice. The next dates show while one types. */
export function TemplateForm({ clientId, first, saving, onSave, onCancel }: TemplateFormProps) {
  const i18n = useWords();
  const network = useClient();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(first);
  const [refused, setRefused] = useState<Refused>();
  const often = useFrequencies();
  const followUps = useFollowUps();
  const change = (part: Partial<TemplateDraft>) => setDraft((now) => ({ ...now, ...part }));
  const errorAt = (name: string) => (refused?.path.includes(name) ? refused.message : undefined);
  const find = async (search: string) => {
    const { data } = await network.query(ContactNames, { companyId: clientId, search }).toPromise();
    return (data?.contacts?.nodes ?? []).map((one) => ({ id: one.id, label: one.name, detail: one.taxId ?? undefined }));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (saving) return;
    const input = inputOf(draft);
    const lacking = { path: [draft.contactId ? "startsOn" : "contactId"], message: i18n.t("Choose one first.") };
    const refusal = input ? await onSave(input) : lacking;
    setRefused(refusal);
    if (refusal) focusWrong(form);
  };
  const known = [
    "contactId",
    "name",
    "startsOn",
    "every",
    "endsOn",
    "countMax",
    "dueDays",
    "followUp",
    "lines",
    "withholdingRate",
  ];
  const elsewhere = refused && !refused.path.some((one) => known.includes(one)) ? refused.message : undefined;
  return (
    <form id={id} ref={form} noValidate className={styles.form} onSubmit={(event) => void submit(event)}>
      <div className={styles.fields}>
        <Field label={i18n.t("Customer")} error={errorAt("contactId")}>
          {(ids) => (
            <Combobox
              {...ids}
              value={draft.contactName}
              options={find}
              onChoose={(one) => change({ contactId: one.id, contactName: one.label })}
              onText={(contactName) => change({ contactId: undefined, contactName })}
            />
          )}
        </Field>
        <Field label={i18n.t("Name of the template")} help={i18n.t("Not printed.")} error={errorAt("name")}>
          {(ids) => (
            <TextInput {...ids} maxLength={120} value={draft.name} onChange={(event) => change({ name: event.target.value })} />
          )}
        </Field>
      </div>
      <fieldset className={styles.group}>
        <legend>{i18n.t("When")}</legend>
        <div className={styles.fields}>
          <Field label={i18n.t("How often")}>
            {(ids) => (
              <Select
                {...ids}
                value={draft.frequency}
                onChange={(event) => change({ frequency: event.target.value as RecurringFrequency })}
              >
                {FREQUENCIES.map((one) => (
                  <option key={one} value={one}>
                    {one === "WEEKLY" ? i18n.t("Every so many weeks") : often(one, 1)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {draft.frequency === "WEEKLY" && (
            <Field label={i18n.t("Weeks between two")} error={errorAt("every")}>
              {(ids) => <DecimalInput {...ids} live places={0} value={draft.every} onChange={(every) => change({ every })} />}
            </Field>
          )}
          <Field label={i18n.t("First date")} error={errorAt("startsOn")}>
            {(ids) => <DateInput {...ids} value={draft.startsOn} onChange={(startsOn) => change({ startsOn })} />}
          </Field>
          <Field label={i18n.t("Last date")} help={i18n.t("Empty for no end.")} error={errorAt("endsOn")}>
            {(ids) => <DateInput {...ids} value={draft.endsOn} onChange={(endsOn) => change({ endsOn })} />}
          </Field>
          <Field label={i18n.t("Most invoices")} error={errorAt("countMax")}>
            {(ids) => (
              <DecimalInput {...ids} live places={0} value={draft.countMax} onChange={(countMax) => change({ countMax })} />
            )}
          </Field>
        </div>
        <NextDates draft={draft} />
      </fieldset>
      <LineFields
        lines={draft.lines}
        error={errorAt("lines")}
        day={draft.startsOn}
        currency={draft.currency}
        onChange={(lines) => change({ lines })}
      />
      <fieldset className={styles.group}>
        <legend>{i18n.t("The invoice")}</legend>
        <div className={styles.fields}>
          <Field label={i18n.t("What becomes of it")} error={errorAt("followUp")}>
            {(ids) => (
              <Select
                {...ids}
                value={draft.followUp}
                onChange={(event) => change({ followUp: event.target.value as RecurringFollowUp })}
              >
                {FOLLOW_UPS.map((one) => (
                  <option key={one} value={one}>
                    {followUps[one]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={i18n.t("Days to pay")} help={i18n.t("Empty for the customer's terms.")} error={errorAt("dueDays")}>
            {(ids) => <DecimalInput {...ids} live places={0} value={draft.dueDays} onChange={(dueDays) => change({ dueDays })} />}
          </Field>
          <Field
            label={i18n.t("Withholding, %")}
            help={i18n.t("Empty for what the customer's card says.")}
            error={errorAt("withholdingRate")}
          >
            {(ids) => (
              <DecimalInput
                {...ids}
                live
                places={2}
                value={draft.withholdingRate}
                onChange={(withholdingRate) => change({ withholdingRate })}
              />
            )}
          </Field>
        </div>
        <div>
          <Checkbox
            label={i18n.t("Attach the invoice to the mail")}
            checked={draft.attachesPdf}
            onChange={(event) => change({ attachesPdf: event.target.checked })}
          />
          <p className={styles.quiet}>
            {draft.attachesPdf
              ? i18n.t("With the PDF attached nobody learns whether it was read.")
              : i18n.t("The mail holds a link into the portal; the first download is noted.")}
          </p>
        </div>
        <Field label={i18n.t("Notes that print below the lines")}>
          {(ids) => (
            <TextArea
              {...ids}
              rows={2}
              maxLength={2000}
              value={draft.description}
              onChange={(event) => change({ description: event.target.value })}
            />
          )}
        </Field>
      </fieldset>
      {elsewhere && (
        <p role="alert" className={styles.refused}>
          {elsewhere}
        </p>
      )}
      <div className={styles.acts}>
        <Button kind="primary" type="submit" busy={saving}>
          {i18n.t("Save")}
        </Button>
        <Button onClick={onCancel}>{i18n.t("Cancel")}</Button>
      </div>
    </form>
  );
}

/** The dates as the gateway counts them: the same rules that will make the invoices. */
function NextDates({ draft }: { draft: TemplateDraft }) {
  const i18n = useWords();
  const f = useFormats();
  const schedule = scheduleOf(draft);
  const wanted = schedule ?? { startsOn: "2000-01-01", frequency: draft.frequency };
  const { data } = useRead(RecurringDates, { schedule: wanted }, schedule === undefined);
  const dates = data?.recurringDates ?? [];
  return (
    <p className={styles.quiet} aria-live="polite">
      {dates.length
        ? i18n.t("Next dates: {dates}", { dates: dates.map((day) => f.date(day)).join(" · ") })
        : i18n.t("No date left.")}
    </p>
  );
}
