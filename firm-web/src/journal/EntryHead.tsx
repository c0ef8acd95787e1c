import { newRequestKey, useWrite } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, DateInput, Dialog, Field, PageHeading, Status, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { rowPlace } from "../app/places";
import { useWriteAccess } from "../app/useWriteAccess";
import {
  DeleteEntry,
  type JournalEntryPageQuery,
  MarkReviewed,
  PostEntries,
  ReverseEntry,
  UnmarkReviewed,
} from "../gql/operations";
import { PostRefused } from "./PostRefused";
import { posted } from "./posting";
import { KeepDialog } from "./templates/KeepDialog";
import { useJournalWords } from "./words";

type EntryPaper = NonNullable<JournalEntryPageQuery["journalEntry"]>;

interface Answer {
  failure?: { message: string };
  denials: { at: (path: string) => { message: string } | undefined };
}

/** Name and state of an entry, and what can be done with it. */
export function EntryHead({ clientId, entry }: { clientId: string; entry: EntryPaper }) {
  const i18n = useWords();
  const navigate = useNavigate();
  const { states } = useJournalWords();
  const noEdit = useWriteAccess(clientId, "JOURNAL", "edit");
  const noPosting = useWriteAccess(clientId, "JOURNAL", "approve");
  const [post, posting] = useWrite(PostEntries);
  const [remove, removing] = useWrite(DeleteEntry);
  const [mark, marking] = useWrite(MarkReviewed);
  const [unmark, unmarking] = useWrite(UnmarkReviewed);
  const [refused, setRefused] = useState<readonly string[]>();
  const [asking, setAsking] = useState<"delete" | "reverse" | "keep">();
  const draft = entry.state === "DRAFT";

  const problem = (answer: Answer, at: string, refusals: readonly { message: string }[] | undefined) =>
    answer.failure?.message ?? refusals?.[0]?.message ?? answer.denials.at(at)?.message;
  const run = async () => {
    if (!draft || noPosting || posting) return;
    const { data, failure, denials } = await post({ ids: [entry.id], requestKey: newRequestKey() });
    const { problems } = posted(data?.postEntries, failure?.message ?? denials.at("postEntries")?.message);
    if (problems.length > 0) setRefused(problems);
    else sayDone({ text: i18n.t("{count, plural, one {# entry posted.} other {# entries posted.}}", { count: 1 }) });
  };
  const drop = async () => {
    const answer = await remove({ id: entry.id, version: entry.version });
    setAsking(undefined);
    const said = problem(answer, "deleteEntry", answer.data?.deleteEntry?.refusals);
    if (said !== undefined) return setRefused([said]);
    sayDone({ text: i18n.t("Draft entry deleted.") });
    void navigate({ to: "/c/$clientId/journal", params: { clientId }, replace: true });
  };
  const review = async () => {
    if (draft || noEdit || marking || unmarking) return;
    if (entry.reviewedAt) {
      const answer = await unmark({ id: entry.id });
      const said = problem(answer, "unmarkReviewed", answer.data?.unmarkReviewed?.refusals);
      return said === undefined ? undefined : setRefused([said]);
    }
    const answer = await mark({ id: entry.id });
    const said = problem(answer, "markReviewed", answer.data?.markReviewed?.refusals);
    if (said !== undefined) setRefused([said]);
  };
  const change = () => void navigate({ to: "/c/$clientId/journal/$entryId/edit", params: { clientId, entryId: entry.id } });
  const group = i18n.t("Journal");
  useKeys([{ keys: "p", label: i18n.t("Post this entry"), group, run: () => void run() }], draft);
  useKeys([{ keys: "e", label: i18n.t("Change this draft"), group, run: change }], draft);
  useKeys([{ keys: "r", label: i18n.t("Mark as reviewed, or take the mark away"), group, run: () => void review() }], !draft);
  const { word, tone } = states[entry.state];
  const name = entry.number
    ? i18n.t("Entry {number} of {year}", { number: entry.number, year: String(entry.fiscalYear) })
    : i18n.t("Draft entry");
  return (
    <>
      <PageHeading
        detail={<Status tone={tone}>{word}</Status>}
        actions={
          draft ? (
            <>
              <Button kind="danger" denied={noEdit} onClick={() => setAsking("delete")}>
                {i18n.t("Delete")}
              </Button>
              <Button denied={noEdit} onClick={() => setAsking("keep")}>
                {i18n.t("Keep as a template…")}
              </Button>
              <Button hint="E" denied={noEdit} onClick={change}>
                {i18n.t("Change")}
              </Button>
              <Button kind="primary" hint="P" denied={noPosting} busy={posting} onClick={() => void run()}>
                {i18n.t("Post")}
              </Button>
            </>
          ) : (
            <>
              <Button denied={noEdit} onClick={() => setAsking("keep")}>
                {i18n.t("Keep as a template…")}
              </Button>
              {entry.state === "POSTED" && (
                <Button denied={noPosting} onClick={() => setAsking("reverse")}>
                  {i18n.t("Reverse…")}
                </Button>
              )}
              <Button hint="R" denied={noEdit} busy={marking || unmarking} onClick={() => void review()}>
                {entry.reviewedAt ? i18n.t("Take the review mark away") : i18n.t("Mark as reviewed")}
              </Button>
            </>
          )
        }
      >
        {name}
      </PageHeading>
      {refused && <PostRefused messages={refused} onClose={() => setRefused(undefined)} />}
      {asking === "reverse" && (
        <ReverseDialog clientId={clientId} entry={entry} name={name} onClose={() => setAsking(undefined)} />
      )}
      {asking === "keep" && (
        <KeepDialog clientId={clientId} text={entry.text} lines={entry.lines ?? []} onClose={() => setAsking(undefined)} />
      )}
      <Dialog
        open={asking === "delete"}
        width="narrow"
        onClose={() => setAsking(undefined)}
        title={i18n.t("Delete this draft?")}
        actions={
          <>
            <Button data-autofocus onClick={() => setAsking(undefined)}>
              {i18n.t("Cancel")}
            </Button>
            <Button kind="danger" busy={removing} onClick={() => void drop()}>
              {i18n.t("Delete")}
            </Button>
          </>
        }
      >
        <p>{i18n.t("It has no number yet, so nothing will be missing in the journal.")}</p>
      </Dialog>
    </>
  );
}

interface ReverseDialogProps {
  clientId: string;
  entry: EntryPaper;
  name: string;
  onClose: () => void;
}

/** Asks for the day of the mirror image, then goes to it. */
function ReverseDialog({ clientId, entry, name, onClose }: ReverseDialogProps) {
  const i18n = useWords();
  const navigate = useNavigate();
  const [on, setOn] = useState<string | null>(entry.entryOn);
  const [requestKey] = useState(newRequestKey);
  const [refused, setRefused] = useState<string>();
  const [reverse, reversing] = useWrite(ReverseEntry);
  const run = async () => {
    const { data, failure, denials } = await reverse({ id: entry.id, on, requestKey });
    const said = failure?.message ?? data?.reverseEntry?.refusals[0]?.message ?? denials.at("reverseEntry")?.message;
    const made = data?.reverseEntry?.entry;
    if (said !== undefined || !made) return setRefused(said);
    sayDone({ text: i18n.t("{name} reversed.", { name }) });
    onClose();
    void navigate(rowPlace.entry(clientId, made.id));
  };
  return (
    <Dialog
      open
      width="narrow"
      onClose={onClose}
      title={i18n.t("Reverse: {name}", { name })}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" busy={reversing} onClick={() => void run()}>
            {i18n.t("Reverse")}
          </Button>
        </>
      }
    >
      <p>{i18n.t("A second entry with the sides swapped is posted. If its day is locked, it goes to the first open one.")}</p>
      <Field label={i18n.t("Date of the reversal")} error={refused}>
        {(ids) => <DateInput {...ids} data-autofocus value={on} onChange={setOn} />}
      </Field>
    </Dialog>
  );
}
