import { type DraftLine, isBlank, linesInput, missingInLines, newLine } from "./draft";

interface Year {
  year: number;
  closedAt: string | null;
}

/** Rows to begin with; more are added as they are needed. */
export function openingLines(): readonly DraftLine[] {
  return Array.from({ length: 4 }, newLine);
}

/** The year in which books usually begin: the oldest that is still open. */
export function firstYear(years: readonly Year[]): number | undefined {
  const open = years.filter(({ closedAt }) => closedAt === null).map(({ year }) => year);
  return open.length > 0 ? Math.min(...open) : undefined;
}

/** The lines that somebody has filled in, at least two; rows left blank are no balances. */
export function filledLines(lines: readonly DraftLine[]): readonly DraftLine[] {
  const filled = lines.filter((line) => !isBlank(line));
  return filled.length > 1 ? filled : [...filled, ...lines.filter(isBlank)].slice(0, 2);
}

/** What the gateway is asked for, or the paths of what keeps it from being asked. */
export function opening(year: number | undefined, lines: readonly DraftLine[]) {
  const missing = [...(year === undefined ? ["year"] : []), ...missingInLines(lines)];
  if (missing.length > 0 || year === undefined) return { missing };
  return { missing: [], input: { year, lines: linesInput(lines) } };
}
