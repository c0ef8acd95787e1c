import { isZero } from "@atrio/kit/format";
import { newRequestKey, useWrite } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, DateInput, Field, focusWrong, PageHeading, sayDone, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useCallback, useRef, useState } from "react";
import { LeaveGuard } from "../../app/LeaveGuard";
import lineEditor from "../../app/LineEditor.module.css";
import { rowPlace } from "../../app/places";
import { useWriteAccess } from "../../app/useWriteAccess";
import { CreateEntry, EditEntry, PostEntries } from "../../gql/operations";
import { posted } from "../posting";
import { balanced, type DraftLine, type EntryDraft, isBlank, linesInput, missingIn, totalsOf } from "./draft";
import styles from "./Editor.module.css";
import { LinesGrid } from "./LinesGrid";
import { type Problems, told } from "./told";

interface EntryEditorProps {
  clientId: string;
  /** What the form begins with. */
  start: EntryDraft;
  /** The draft that is changed, as it was read; none for a new entry. */
  kept?: { id: string; version: number };
  /** Stands above the form: the choice of a template. */
  above?: ReactNode;
}

/** One entry as a form: day, text, lines as a sheet whose last line balances. Ctrl+Enter keeps it. */
export function EntryEditor({ clientId, start, kept, above }: EntryEditorProps) {
  const i18n = useWords();
  const navigate = useNavigate();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(start);
  const [errors, setErrors] = useState<Problems>(new Map());
  const noEdit = useWriteAccess(clientId, "JOURNAL", "edit");
  const noPosting = useWriteAccess(clientId, "JOURNAL", "approve");
  const saved = useRef(kept);
  const finished = useRef(false);
  const asked = useRef({ content: "", key: "" });
  const [create, creating] = useWrite(CreateEntry);
  const [edit, editing] = useWrite(EditEntry);
  const [post, posting] = useWrite(PostEntries);
  const busy = creating || editing || posting;
  const shown = balanced(draft.lines);
  const latest = useRef(draft);
  latest.current = draft;
  const changeLines = useCallback(
    (act: (lines: readonly DraftLine[]) => readonly DraftLine[]) => setDraft((now) => ({ ...now, lines: act(now.lines) })),
    [],
  );
  const refuse = (problems: Problems) => {
    setErrors(problems);
    focusWrong(form);
  };

  const keep = async (now: EntryDraft): Promise<Problems | undefined> => {
    const content = { entryOn: now.entryOn ?? "", text: now.text.trim(), lines: linesInput(now.lines) };
    if (saved.current) {
      const { data, failure, denials } = await edit({ input: { ...content, ...saved.current } });
      const changed = data?.editEntry?.entry;
      if (changed) saved.current = changed;
      return told(failure?.message ?? denials.at("editEntry")?.message, data?.editEntry?.refusals);
    }
    const text = JSON.stringify(content);
    // The same content keeps its key, so that a lost answer makes no second entry.
    if (asked.current.content !== text) asked.current = { content: text, key: newRequestKey() };
    const { data, failure, denials } = await create({
      input: { ...content, companyId: clientId, requestKey: asked.current.key },
    });
    const made = data?.createEntry?.entry;
    if (made) saved.current = made;
    return told(failure?.message ?? denials.at("createEntry")?.message, data?.createEntry?.refusals);
  };
  const save = async (then: "draft" | "post") => {
    if (noEdit !== undefined || busy) return;
    const filled = balanced(latest.current.lines).filter((line) => !isBlank(line));
    const now = { ...latest.current, lines: filled.length > 1 ? filled : balanced(latest.current.lines) };
    setDraft(now);
    const lack = missingIn(now);
    if (lack.length > 0) return refuse(new Map(lack.map((path) => [path, i18n.t("This is missing.")])));
    const problems = await keep(now);
    const id = saved.current?.id;
    if (problems || id === undefined) return refuse(problems ?? new Map());
    if (then === "post") {
      const { data, failure, denials } = await post({ ids: [id], requestKey: newRequestKey() });
      const { problems: said } = posted(data?.postEntries, failure?.message ?? denials.at("postEntries")?.message);
      if (said.length > 0) return refuse(new Map([["", said.join(" ")]]));
    }
    finished.current = true;
    sayDone({ text: then === "post" ? i18n.t("Entry posted.") : i18n.t("Entry kept as a draft.") });
    void navigate({ ...rowPlace.entry(clientId, id), replace: true });
  };
  // Amounts and dates are understood when their field is left, so it is left before saving.
  const saveTyped = (then: "draft" | "post") => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    requestAnimationFrame(() => void save(then));
  };
  const group = i18n.t("Journal");
  useKeys([
    { keys: "Ctrl+Enter", label: i18n.t("Save the draft"), group, run: () => saveTyped("draft"), whileTyping: true },
    { keys: "Ctrl+Shift+Enter", label: i18n.t("Save and post"), group, run: () => saveTyped("post"), whileTyping: true },
  ]);
  const dirty = () => !finished.current && latest.current !== start && latest.current.lines.some((line) => !isBlank(line));
  const unplaced = [...errors].filter(([path]) => !isPlaced(path)).map(([, message]) => message);
  const open = !isZero(totalsOf(shown).difference);
  return (
    <form
      ref={form}
      className={`${lineEditor.editor} ${styles.editor}`}
      noValidate
      aria-label={i18n.t("Entry")}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        saveTyped("draft");
      }}
    >
      <PageHeading>{kept ? i18n.t("Change the draft entry") : i18n.t("New entry")}</PageHeading>
      {above}
      {unplaced.length > 0 && (
        <div role="alert" className={lineEditor.alert}>
          {unplaced.map((message) => (
            <p key={message}>{message}</p>
          ))}
        </div>
      )}
      <div className={styles.fields}>
        <Field label={i18n.t("Date")} error={errors.get("entryOn")}>
          {(ids) => <DateInput {...ids} value={draft.entryOn} onChange={(entryOn) => setDraft((now) => ({ ...now, entryOn }))} />}
        </Field>
        <Field label={i18n.t("Text")} error={errors.get("text")}>
          {(ids) => (
            <TextInput
              {...ids}
              maxLength={500}
              autoComplete="off"
              value={draft.text}
              onChange={(event) => setDraft((now) => ({ ...now, text: event.target.value }))}
            />
          )}
        </Field>
      </div>
      <LinesGrid
        clientId={clientId}
        lines={shown}
        errors={errors}
        note={i18n.t("The last line takes what is left. Enter: next field.")}
        onChange={changeLines}
      />
      <div className={lineEditor.bar}>
        <Button type="submit" denied={noEdit} busy={busy} hint="Ctrl Enter">
          {i18n.t("Save the draft")}
        </Button>
        <Button
          kind="primary"
          denied={noEdit ?? noPosting ?? (open ? i18n.t("Debit and credit are not equal yet.") : undefined)}
          busy={busy}
          onClick={() => saveTyped("post")}
        >
          {i18n.t("Save and post")}
        </Button>
      </div>
      <LeaveGuard dirty={dirty} />
    </form>
  );
}

function isPlaced(path: string): boolean {
  return path === "entryOn" || path === "text" || /^lines\.\d+/.test(path);
}
