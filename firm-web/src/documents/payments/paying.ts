import { toMinor } from "@atrio/kit/format";
import type { Written } from "@atrio/kit/graphql";
import type { DocumentSide } from "../../app/places";

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

/** Whether the money of what is open comes in: collected from customers, or given back by suppliers. */
export function comesIn(side: DocumentSide, outstanding: string): boolean {
  return (side === "sales") === toMinor(outstanding) > 0n;
}

/** An amount as people type it, without the sign that a credit note gives it. */
export function unsigned(amount: string): string {
  return amount.replace(/^-/, "");
}

/** An amount as typed, with the sign of what is open. */
export function signedLike(amount: string, outstanding: string): string {
  return outstanding.startsWith("-") ? `-${unsigned(amount)}` : unsigned(amount);
}

/** The smaller of two amounts, both without signs. */
export function lesser(one: string, other: string): string {
  return toMinor(unsigned(one)) < toMinor(unsigned(other)) ? unsigned(one) : unsigned(other);
}
