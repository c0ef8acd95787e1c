import { useFormats } from "@atrio/kit/format";
import { newRequestKey, useWrite } from "@atrio/kit/graphql";
import { Button, Field, TextArea } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useState } from "react";
import { Papers } from "../app/Papers";
import { useWriteAccess } from "../app/useWriteAccess";
import { AddEntryComment, AttachEntryPaper, DetachEntryPaper, type JournalEntryPageQuery } from "../gql/operations";
import styles from "./Journal.module.css";

type EntryPaper = NonNullable<JournalEntryPageQuery["journalEntry"]>;

interface EntryPapersProps {
  clientId: string;
  entryId: string;
  papers: NonNullable<EntryPaper["attachments"]>;
}

/** The papers behind an entry: attached and removed at any time, since posting fixes only what is booked. */
export function EntryPapers({ clientId, entryId, papers }: EntryPapersProps) {
  const i18n = useWords();
  const noEdit = useWriteAccess(clientId, "JOURNAL", "edit");
  const [attach] = useWrite(AttachEntryPaper);
  const [detach] = useWrite(DetachEntryPaper);
  return (
    <section className={styles.notes} aria-labelledby="papers">
      <h2 id="papers">{i18n.t("Attached files")}</h2>
      {papers.length === 0 && <p className={styles.quiet}>{i18n.t("No paper is attached.")}</p>}
      <Papers
        clientId={clientId}
        purpose="journal"
        papers={papers}
        denied={noEdit}
        attach={async (uploadId) => {
          const { data, failure, denials } = await attach({ entryId, uploadId });
          return failure?.message ?? denials.at("attachEntryPaper")?.message ?? data?.attachEntryPaper?.refusals[0]?.message;
        }}
        detach={async ({ id }) => {
          const { data, failure, denials } = await detach({ id });
          return failure?.message ?? denials.at("detachEntryPaper")?.message ?? data?.detachEntryPaper?.refusals[0]?.message;
        }}
      />
    </section>
  );
}

/** What was said about an entry, and a field to say more; firm and client read it. */
export function EntryComments({ entry }: { entry: EntryPaper }) {
  const i18n = useWords();
  const f = useFormats();
  const [text, setText] = useState("");
  const [requestKey, setRequestKey] = useState(newRequestKey);
  const [refused, setRefused] = useState<string>();
  const [add, adding] = useWrite(AddEntryComment);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (adding || text.trim() === "") return;
    const { data, failure, denials } = await add({ entryId: entry.id, text, requestKey });
    const said = failure?.message ?? data?.addEntryComment?.refusals[0]?.message ?? denials.at("addEntryComment")?.message;
    setRefused(said);
    if (said !== undefined) return;
    setText("");
    setRequestKey(newRequestKey());
  };
  return (
    <section className={styles.notes} aria-labelledby="comments">
      <h2 id="comments">{i18n.t("Comments")}</h2>
      {(entry.comments ?? []).map((comment) => (
        <article key={comment.id}>
          <p className={styles.quiet}>
            {comment.authorName} · {f.instant(comment.createdAt)}
          </p>
          <p className={styles.said}>{comment.text}</p>
        </article>
      ))}
      <form onSubmit={(event) => void send(event)}>
        <Field label={i18n.t("New comment")} help={i18n.t("Read by the firm and the client.")} error={refused}>
          {(ids) => (
            <TextArea {...ids} rows={2} maxLength={2000} value={text} onChange={(event) => setText(event.target.value)} />
          )}
        </Field>
        <Button type="submit" busy={adding}>
          {i18n.t("Comment")}
        </Button>
      </form>
    </section>
  );
}
