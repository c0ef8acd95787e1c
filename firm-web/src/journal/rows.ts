import type { JournalEntriesQuery } from "../gql/operations";

export type Entry = NonNullable<JournalEntriesQuery["journalEntries"]>["nodes"][number];
export type EntryLine = NonNullable<Entry["lines"]>[number];

/** An entry, or one of its lines under it. */
export type JournalRow =
  | { kind: "entry"; id: string; entry: Entry; open: boolean }
  | { kind: "line"; id: string; line: EntryLine; entry: Entry };

const entryRows = new WeakMap<Entry, Map<boolean, JournalRow>>();
const lineRows = new WeakMap<EntryLine, JournalRow>();

function entryRow(entry: Entry, open: boolean): JournalRow {
  const made = entryRows.get(entry) ?? new Map<boolean, JournalRow>();
  entryRows.set(entry, made);
  const row = made.get(open) ?? { kind: "entry" as const, id: entry.id, entry, open };
  made.set(open, row);
  return row;
}

function lineRow(entry: Entry, line: EntryLine): JournalRow {
  const row = lineRows.get(line) ?? { kind: "line" as const, id: line.id, line, entry };
  lineRows.set(line, row);
  return row;
}

/** Entries with the lines of the unfolded ones below them. Rows keep their identity, so unfolding draws only what is new. */
export function unfolded(entries: readonly Entry[], open: ReadonlySet<string>): readonly JournalRow[] {
  return entries.flatMap((entry) => {
    const shown = open.has(entry.id);
    return [entryRow(entry, shown), ...(shown ? (entry.lines ?? []).map((line) => lineRow(entry, line)) : [])];
  });
}
