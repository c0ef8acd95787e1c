interface Refused {
  message: string;
}

interface Answer {
  results: readonly { refusals: readonly Refused[] }[];
  refusals: readonly Refused[];
}

/** How many entries were posted, and every sentence about those that were not. */
export function posted(answer: Answer | undefined, failed: string | undefined): { count: number; problems: readonly string[] } {
  if (failed !== undefined) return { count: 0, problems: [failed] };
  const results = answer?.results ?? [];
  const sentences = [...(answer?.refusals ?? []), ...results.flatMap(({ refusals }) => refusals)].map(({ message }) => message);
  return { count: results.filter(({ refusals }) => refusals.length === 0).length, problems: [...new Set(sentences)] };
}
