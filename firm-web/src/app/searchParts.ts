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

/** A calendar date of the address. */
export function dateOf(value: unknown): string | undefined {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
}
