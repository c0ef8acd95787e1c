import { useFormats } from "@atrio/kit/format";
import { useRead } from "@atrio/kit/graphql";
import { NotFound } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { rowPlace } from "../app/places";
import { Fact, Facts, ReadState } from "../app/Screen";
import screen from "../app/Screen.module.css";
import { JournalEntryPage, type JournalEntryPageQuery } from "../gql/operations";
import { EntryHead } from "./EntryHead";
import { EntryLines } from "./EntryLines";
import { EntryComments, EntryPapers } from "./EntryNotes";
import styles from "./Journal.module.css";
import { useJournalWords } from "./words";

type EntryPaper = NonNullable<JournalEntryPageQuery["journalEntry"]>;

const route = getRouteApi("/frame/c/$clientId/journal/$entryId");

/** One entry with its lines and what it reverses or is reversed by. */
export function EntryScreen() {
  const i18n = useWords();
  const { clientId, entryId } = route.useParams();
  const read = useRead(JournalEntryPage, { id: entryId });
  const entry = read.data?.journalEntry;
  return (
    <div className={screen.page}>
      <ReadState read={read} at="journalEntry">
        {!entry ? (
          <NotFound />
        ) : (
          <>
            <nav aria-label={i18n.t("Where you are")} className={styles.trail}>
              <Link to="/c/$clientId/journal" params={{ clientId }}>
                {i18n.t("Journal")}
              </Link>
            </nav>
            <EntryHead clientId={clientId} entry={entry} />
            <EntryFacts clientId={clientId} entry={entry} />
            <EntryLines clientId={clientId} lines={entry.lines ?? []} />
            <EntryPapers clientId={clientId} entryId={entry.id} papers={entry.attachments ?? []} />
            <EntryComments entry={entry} />
          </>
        )}
      </ReadState>
    </div>
  );
}

function EntryFacts({ clientId, entry }: { clientId: string; entry: EntryPaper }) {
  const i18n = useWords();
  const f = useFormats();
  const words = useJournalWords();
  return (
    <Facts>
      <Fact label={i18n.t("Text")}>{entry.text}</Fact>
      <Fact label={i18n.t("Date")}>{f.date(entry.entryOn)}</Fact>
      <Fact label={i18n.t("Source")}>{words.source(entry.source)}</Fact>
      {entry.postedAt && <Fact label={i18n.t("Posted")}>{f.instant(entry.postedAt)}</Fact>}
      {entry.reviewedAt && (
        <Fact label={i18n.t("Reviewed")}>{[f.instant(entry.reviewedAt), entry.reviewedByName].filter(Boolean).join(" · ")}</Fact>
      )}
      {entry.reversesId && (
        <Fact label={i18n.t("Reverses")}>
          <Link {...rowPlace.entry(clientId, entry.reversesId)}>{i18n.t("Show the entry")}</Link>
        </Fact>
      )}
      {entry.reversedById && (
        <Fact label={i18n.t("Reversed by")}>
          <Link {...rowPlace.entry(clientId, entry.reversedById)}>{i18n.t("Show the entry")}</Link>
        </Fact>
      )}
    </Facts>
  );
}
