/** Sentences by path of the input; "" stands for the whole. */
export type Problems = ReadonlyMap<string, string>;

interface Refusal {
  path: readonly string[];
  message: string;
}

/** Nothing when all went well, else sentences by path of the input. */
export function told(problem: string | undefined, refusals: readonly Refusal[] | undefined): Problems | undefined {
  if (problem !== undefined) return new Map([["", problem]]);
  if (!refusals || refusals.length === 0) return undefined;
  return new Map(refusals.map(({ path, message }) => [path.filter((step) => step !== "input").join("."), message]));
}
