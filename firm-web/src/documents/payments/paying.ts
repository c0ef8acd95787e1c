import { toMinor } from "@atrio/kit/format";
import type { DocumentSide } from "../../app/places";

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
