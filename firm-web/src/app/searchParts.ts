import { isoDate } from "@atrio/kit/format";

/** One of the known words, or nothing. */
export function oneOf<Word extends string>(words: readonly Word[], value: unknown): Word | undefined {
  return words.find((word) => word === value);
}

/** Text that says something. Numbers come back from the address as numbers. */
export function textOf(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text !== "" ? text : undefined;
}

/** A tick is in the address or absent. */
export function tickOf(value: unknown): true | undefined {
  return value === true ? true : undefined;
}

/** A calendar date of the address; a day that the calendar does not have is no date. */
export function dateOf(value: unknown): string | undefined {
  return typeof value === "string" ? (isoDate(value) ?? undefined) : undefined;
}
