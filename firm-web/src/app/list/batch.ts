/** One document of a bulk approval and what became of it. */
export interface ApprovalResult {
  id: string;
  label: string;
  /** Why it was not approved; undefined if it was. */
  refused?: string;
}

interface Refused {
  message: string;
}

interface Answer {
  results: readonly { id: string; refusals: readonly Refused[] }[];
  refusals: readonly Refused[];
}

/**
 * Gives every document that was asked for its own result. What the gateway does not mention was not
 * approved: because the whole was refused, or because it never answered.
 */
export function resultsOf(
  asked: readonly { id: string; label: string }[],
  answer: Answer | undefined,
  failed: string | undefined,
): readonly ApprovalResult[] {
  const whole = failed ?? answer?.refusals[0]?.message ?? "";
  return asked.map(({ id, label }) => {
    const own = answer?.results.find((one) => one.id === id);
    const refused = own ? own.refusals[0]?.message : whole;
    return refused === undefined ? { id, label } : { id, label, refused };
  });
}
