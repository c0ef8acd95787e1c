/** One row of a batch, as a person knows it. */
export interface BatchItem {
  id: string;
  label: string;
}

/** One row of a batch and what became of it. */
export interface BatchResult extends BatchItem {
  /** Why it was not done; undefined if it was. */
  refused?: string;
}

interface Refused {
  message: string;
}

/** What every batch mutation answers: a result per id, or why the whole was refused. */
export interface BatchAnswer {
  results: readonly { id: string; refusals: readonly Refused[] }[];
  refusals: readonly Refused[];
}

/**
 * Gives every row that was asked for its own result. What the gateway does not mention was not done:
 * because the whole was refused, or because it never answered.
 */
export function resultsOf(
  asked: readonly BatchItem[],
  answer: BatchAnswer | null | undefined,
  failed: string | undefined,
): readonly BatchResult[] {
  const whole = failed ?? answer?.refusals[0]?.message ?? "";
  return asked.map(({ id, label }) => {
    const own = answer?.results.find((one) => one.id === id);
    const refused = own ? own.refusals[0]?.message : whole;
    return refused === undefined ? { id, label } : { id, label, refused };
  });
}

/** Throws where a row was refused: an undo that was refused stays in the history. */
export function allDone({ answer, failed }: { answer?: BatchAnswer | null; failed?: string }): void {
  const refusals = [...(answer?.refusals ?? []), ...(answer?.results ?? []).flatMap((one) => one.refusals)];
  if (failed !== undefined || !answer || refusals.length > 0) throw new Error(failed ?? refusals[0]?.message);
}
