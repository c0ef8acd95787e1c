import { newRequestKey, useWrite } from "@atrio/kit/graphql";
import { useWords } from "@atrio/kit/words";
import { allDone } from "../app/list/batch";
import { type BatchAct, useBatch } from "../app/list/useBatch";
import { type JournalEntriesQuery, MarkEntriesReviewed, PostEntries, UnmarkEntriesReviewed } from "../gql/operations";

type Entry = NonNullable<JournalEntriesQuery["journalEntries"]>["nodes"][number];

/** Posts drafts together, marks entries as reviewed or takes their marks away; `results` tells of each when one was refused. */
export function useEntryBatch(onDone: () => void) {
  const i18n = useWords();
  const [post] = useWrite(PostEntries);
  const [mark] = useWrite(MarkEntriesReviewed);
  const [unmark] = useWrite(UnmarkEntriesReviewed);
  const { run, busy, results, dismiss } = useBatch(onDone);
  const posts: BatchAct = {
    ask: async (ids) => {
      const { data, failure, denials } = await post({ ids, requestKey: newRequestKey() });
      return { answer: data?.postEntries, failed: failure?.message ?? denials.at("postEntries")?.message };
    },
    said: (count) => i18n.t("{count, plural, one {# entry posted.} other {# entries posted.}}", { count }),
  };
  const marking = async (ids: string[]) => {
    const { data, failure, denials } = await mark({ ids });
    return { answer: data?.markEntriesReviewed, failed: failure?.message ?? denials.at("markEntriesReviewed")?.message };
  };
  const unmarking = async (ids: string[]) => {
    const { data, failure, denials } = await unmark({ ids });
    return { answer: data?.unmarkEntriesReviewed, failed: failure?.message ?? denials.at("unmarkEntriesReviewed")?.message };
  };
  const marks: BatchAct = {
    ask: marking,
    said: (count) =>
      i18n.t("{count, plural, one {# entry marked as reviewed.} other {# entries marked as reviewed.}}", { count }),
    undo: async (ids) => allDone(await unmarking(ids)),
  };
  const unmarks: BatchAct = {
    ask: unmarking,
    said: (count) => i18n.t("{count, plural, one {# review mark taken away.} other {# review marks taken away.}}", { count }),
    undo: async (ids) => allDone(await marking(ids)),
  };
  const itemOf = ({ id, number, fiscalYear, text }: Entry) => ({
    id,
    label: number ? i18n.t("Entry {number} of {year}", { number, year: String(fiscalYear) }) : (text ?? i18n.t("Draft entry")),
  });
  const postDrafts = (drafts: readonly Entry[]) => void run(posts, drafts.map(itemOf));
  /** Entries without the mark get it; where all have it, it is taken away. */
  const review = (entries: readonly Entry[]) => {
    const open = entries.filter(({ reviewedAt }) => !reviewedAt);
    const [act, chosen] = open.length > 0 ? [marks, open] : [unmarks, entries];
    void run(act, chosen.map(itemOf));
  };
  return { postDrafts, review, busy, results, dismiss };
}
