import { localDate } from "@atrio/kit/format";
import { newRequestKey, useClient, useWrite } from "@atrio/kit/graphql";
import { Button, Combobox, DateInput, DecimalInput, Field, focusWrong, MoneyInput, sayDone, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { AccountField } from "../../app/AccountField";
import { problemOf } from "../../app/problemOf";
import { useWriteAccess } from "../../app/useWriteAccess";
import { ArchiveEntryTemplate, ContactNames, DraftFromTemplate, type EntryAssistantKind } from "../../gql/operations";
import type { Pattern } from "./Templates";
import styles from "./Templates.module.css";
import { useAssistantWords } from "./words";

type Values = Record<string, string>;

/** The values of one template or assistant; what comes out is a draft that is looked at before it is posted. */
export function FillForm({ clientId, pattern }: { clientId: string; pattern: Pattern }) {
  const i18n = useWords();
  const navigate = useNavigate();
  const form = useRef<HTMLFormElement>(null);
  const denied = useWriteAccess(clientId, "JOURNAL", "edit");
  const [entryOn, setEntryOn] = useState<string | null>(localDate());
  const [text, setText] = useState("");
  const [values, setValues] = useState<Values>(() => initial(pattern));
  const [refused, setRefused] = useState<{ field?: string; message: string }>();
  const asked = useRef({ content: "", key: "" });
  const [draft, drafting] = useWrite(DraftFromTemplate);
  const [archive, archiving] = useWrite(ArchiveEntryTemplate);
  const make = async (event: FormEvent) => {
    event.preventDefault();
    if (denied !== undefined || drafting) return;
    if (entryOn === null) return setRefused({ field: "entryOn", message: i18n.t("This is missing.") });
    const input = {
      companyId: clientId,
      ...(pattern.assistant ? { assistant: pattern.key as EntryAssistantKind } : { templateId: pattern.key }),
      entryOn,
      text: text.trim() || null,
      values: Object.entries(values).flatMap(([name, value]) => (value === "" ? [] : [{ name, value }])),
    };
    const content = JSON.stringify(input);
    if (asked.current.content !== content) asked.current = { content, key: newRequestKey() };
    const { data, failure, denials } = await draft({ input: { ...input, requestKey: asked.current.key } });
    const refusal = data?.draftFromTemplate?.refusals[0];
    const said = failure?.message ?? refusal?.message ?? denials.at("draftFromTemplate")?.message;
    const made = data?.draftFromTemplate?.entry;
    if (said !== undefined || !made) {
      setRefused({ field: refusal?.path.at(-1), message: said ?? "" });
      focusWrong(form);
      return;
    }
    sayDone({ text: i18n.t("Entry kept as a draft.") });
    void navigate({ to: "/c/$clientId/journal/$entryId/edit", params: { clientId, entryId: made.id } });
  };
  const takeOut = async () => {
    const problem = problemOf(await archive({ id: pattern.key, archived: false }), "archiveEntryTemplate");
    if (problem) throw new Error(problem.message);
  };
  const putAway = async () => {
    const problem = problemOf(await archive({ id: pattern.key, archived: true }), "archiveEntryTemplate");
    if (problem) return setRefused({ message: problem.message });
    sayDone({ text: i18n.t("{name} put away.", { name: pattern.name }), undo: takeOut });
    void navigate({ to: "/c/$clientId/journal/templates", params: { clientId }, search: {}, replace: true });
  };
  const at = (name: string) => (refused?.field === name ? refused.message : undefined);
  const placed = refused?.field !== undefined && ["entryOn", "text", ...Object.keys(values)].includes(refused.field);
  return (
    <form ref={form} noValidate className={styles.form} aria-label={pattern.name} onSubmit={(event) => void make(event)}>
      <h2>{pattern.name}</h2>
      {refused && !placed && (
        <p role="alert" className={styles.refused}>
          {refused.message}
        </p>
      )}
      <Field label={i18n.t("Date of the entry")} error={at("entryOn")}>
        {(ids) => <DateInput {...ids} value={entryOn} onChange={setEntryOn} />}
      </Field>
      {pattern.parameters.map((parameter) => (
        <ValueField
          key={parameter.name}
          clientId={clientId}
          parameter={parameter}
          own={!pattern.assistant}
          value={values[parameter.name] ?? ""}
          error={at(parameter.name)}
          onChange={(value) => setValues((now) => ({ ...now, [parameter.name]: value }))}
        />
      ))}
      <Field label={i18n.t("Text")} help={i18n.t("Left empty, the usual text.")} error={at("text")}>
        {(ids) => <TextInput {...ids} maxLength={500} value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
      <div className={styles.acts}>
        {!pattern.assistant && (
          <Button denied={denied} busy={archiving} onClick={() => void putAway()}>
            {i18n.t("Put away")}
          </Button>
        )}
        <Button kind="primary" type="submit" denied={denied} busy={drafting}>
          {i18n.t("Make a draft")}
        </Button>
      </div>
    </form>
  );
}

interface ValueFieldProps {
  clientId: string;
  parameter: Pattern["parameters"][number];
  /** Whether the name is somebody's own words. */
  own: boolean;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

function ValueField({ clientId, parameter, own, value, error, onChange }: ValueFieldProps) {
  const i18n = useWords();
  const words = useAssistantWords();
  const label = own ? parameter.name : words.value(parameter.name);
  return (
    <Field label={label} error={error}>
      {(ids) => {
        switch (parameter.kind) {
          case "AMOUNT":
            return <MoneyInput {...ids} live value={value || null} onChange={(amount) => onChange(amount ?? "")} />;
          case "PERCENT":
            return <DecimalInput {...ids} live places={4} value={value || null} onChange={(part) => onChange(part ?? "")} />;
          case "DATE":
            return <DateInput {...ids} value={value || null} onChange={(day) => onChange(day ?? "")} />;
          case "CONTACT":
            return <ContactValue ids={ids} clientId={clientId} onChange={onChange} />;
          case "ACCOUNT":
            return (
              <AccountField
                ids={
                  { ...ids, "aria-label": label, "data-cell": `0-${parameter.name}` } as Parameters<typeof AccountField>[0]["ids"]
                }
                clientId={clientId}
                value={value}
                onChoose={({ code }) => onChange(code)}
              />
            );
          default:
            return <p>{i18n.t("This value cannot be entered here.")}</p>;
        }
      }}
    </Field>
  );
}

function ContactValue({ ids, clientId, onChange }: { ids: object; clientId: string; onChange: (id: string) => void }) {
  const network = useClient();
  const [name, setName] = useState("");
  const find = async (search: string) => {
    const { data } = await network.query(ContactNames, { companyId: clientId, search }).toPromise();
    return (data?.contacts?.nodes ?? []).map(({ id, name: label, taxId }) => ({ id, label, detail: taxId ?? undefined }));
  };
  return (
    <Combobox
      {...ids}
      value={name}
      options={find}
      onChoose={({ id, label }) => {
        setName(label);
        onChange(id);
      }}
      onText={(text) => text.trim() === "" && onChange("")}
    />
  );
}

function initial({ parameters }: Pattern): Values {
  return Object.fromEntries(parameters.map((one) => [one.name, one.default ?? ""]));
}
