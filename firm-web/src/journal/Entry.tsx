import { useFormats } from "@atrio/kit/format";
import { newRequestKey, useRead, useWrite } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, NotFound, PageHeading, Status, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { rowPlace } from "../app/places";
import { Fact, Facts, ReadState } from "../app/Screen";
import screen from "../app/Screen.module.css";
import { useWriteAccess } from "../app/useWriteAccess";
import { JournalEntryPage, type JournalEntryPageQuery, PostEntries } from "../gql/operations";
import { EntryLines } from "./EntryLines";
import styles from "./Journal.module.css";
import { PostRefused } from "./PostRefused";
import { posted } from "./posting";
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
          </>
        )}
      </ReadState>
    </div>
  );
}

function EntryHead({ clientId, entry }: { clientId: string; entry: EntryPaper }) {
  const i18n = useWords();
  const { states } = useJournalWords();
  const closed = useWriteAccess(clientId, "JOURNAL", "approve");
  const [post, posting] = useWrite(PostEntries);
  const [refused, setRefused] = useState<readonly string[]>();
  const draft = entry.state === "DRAFT";
  const run = async () => {
    if (!draft || closed || posting) return;
    const { data, failure, denials } = await post({ ids: [entry.id], requestKey: newRequestKey() });
    const whole = failure?.message ?? denials.at("postEntries")?.message;
    const { problems } = posted(data?.postEntries, whole);
    if (problems.length > 0) setRefused(problems);
    else sayDone({ text: i18n.t("{count, plural, one {# entry posted.} other {# entries posted.}}", { count: 1 }) });
  };
  useKeys([{ keys: "p", label: i18n.t("Post this entry"), group: i18n.t("Journal"), run: () => void run() }], draft);
  const { word, tone } = states[entry.state];
  const name = entry.number
    ? i18n.t("Entry {number} of {year}", { number: entry.number, year: String(entry.fiscalYear) })
    : i18n.t("Draft entry");
  return (
    <>
      <PageHeading
        detail={<Status tone={tone}>{word}</Status>}
        actions={
          draft && (
            <Button kind="primary" hint="P" denied={closed} busy={posting} onClick={() => void run()}>
              {i18n.t("Post")}
            </Button>
          )
        }
      >
        {name}
      </PageHeading>
      {refused && <PostRefused messages={refused} onClose={() => setRefused(undefined)} />}
    </>
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
      {entry.reviewedAt && <Fact label={i18n.t("Reviewed")}>{f.instant(entry.reviewedAt)}</Fact>}
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
