import { isZero, localDate } from "@atrio/kit/format";
import { useRead } from "@atrio/kit/graphql";
import { NotFound } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { ReadState } from "../../app/Screen";
import { JournalEntryPage, type JournalEntryPageQuery } from "../../gql/operations";
import { type EntryDraft, newEntry } from "./draft";
import styles from "./Editor.module.css";
import { EntryEditor } from "./EntryEditor";

const fresh = getRouteApi("/frame/c/$clientId/journal/new");
const kept = getRouteApi("/frame/c/$clientId/journal/$entryId/edit");

export function NewEntryScreen() {
  const { clientId } = fresh.useParams();
  const [start] = useState(() => newEntry(localDate()));
  return (
    <>
      <EditorTrail clientId={clientId} />
      <EntryEditor clientId={clientId} start={start} />
    </>
  );
}

/** A draft in the form. What is posted is not changed any more. */
export function EditEntryScreen() {
  const { clientId, entryId } = kept.useParams();
  const read = useRead(JournalEntryPage, { id: entryId });
  const entry = read.data?.journalEntry;
  return (
    <>
      <EditorTrail clientId={clientId} />
      <ReadState read={read} at="journalEntry">
        {entry?.state === "DRAFT" ? (
          <EntryEditor
            clientId={clientId}
            start={draftOf(entry)}
            kept={{ id: entry.id, version: entry.version }}
            key={entry.id}
          />
        ) : (
          <NotFound />
        )}
      </ReadState>
    </>
  );
}

function draftOf({ entryOn, text, lines }: NonNullable<JournalEntryPageQuery["journalEntry"]>): EntryDraft {
  return {
    entryOn,
    text,
    lines: (lines ?? []).map((line) => ({
      key: line.id,
      account: line.ledgerAccount.code,
      accountName: line.ledgerAccount.name,
      owner: line.ledgerAccount.contact,
      contact: line.ledgerAccount.contact ? null : (line.contact ?? null),
      text: line.text,
      debit: isZero(line.debit) ? null : line.debit,
      credit: isZero(line.credit) ? null : line.credit,
    })),
  };
}

function EditorTrail({ clientId }: { clientId: string }) {
  const i18n = useWords();
  return (
    <nav aria-label={i18n.t("Where you are")} className={styles.trail}>
      <Link to="/c/$clientId/journal" params={{ clientId }}>
        {i18n.t("Journal")}
      </Link>
    </nav>
  );
}
