import type { Written } from "@atrio/kit/graphql";

/** Why nothing was done, and in which field of the input. */
export interface Problem {
  field?: string;
  message: string;
}

interface Answer {
  refusals: readonly { path: readonly string[]; message: string }[];
}

/** What a mutation was refused for; undefined where it was done. */
export function problemOf<Data extends object>(
  { data, failure, denials }: Written<Data>,
  field: keyof Data & string,
): Problem | undefined {
  const message = failure?.message ?? denials.at(field)?.message;
  if (message !== undefined) return { message };
  const refusal = (data?.[field] as Answer | undefined)?.refusals[0];
  return refusal && { field: refusal.path.at(-1), message: refusal.message };
}
