import { useWrite } from "@atrio/kit/graphql";
import { useWords } from "@atrio/kit/words";
import { allDone } from "../app/list/batch";
import { type BatchAct, useBatch } from "../app/list/useBatch";
import { type JournalEntriesQuery, MarkEntriesReviewed, UnmarkEntriesReviewed } from "../gql/operations";

type Entry = NonNullable<JournalEntriesQuery["journalEntries"]>["nodes"][number];

/** Marks entries as reviewed together, or takes their marks away; `results` tells of each when one was refused. */
export function useReviewBatch(onDone: () => void) {
  const i18n = useWords();
  const [mark] = useWrite(MarkEntriesReviewed);
  const [unmark] = useWrite(UnmarkEntriesReviewed);
  const { run, busy, results, dismiss } = useBatch(onDone);
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
  const label = ({ number, fiscalYear }: Entry) =>
    number ? i18n.t("Entry {number} of {year}", { number, year: String(fiscalYear) }) : i18n.t("Draft entry");
  /** Entries without the mark get it; where all have it, it is taken away. */
  const start = (entries: readonly Entry[]) => {
    const open = entries.filter(({ reviewedAt }) => !reviewedAt);
    const chosen = open.length > 0 ? open : entries;
    void run(
      open.length > 0 ? marks : unmarks,
      chosen.map((entry) => ({ id: entry.id, label: label(entry) })),
    );
  };
  return { start, busy, results, dismiss };
}
