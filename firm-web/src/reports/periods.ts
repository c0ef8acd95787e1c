/** A span of whole days inside a fiscal year; months and quarters count from its first day. */
export interface Span {
  kind: "year" | "quarter" | "month";
  /** The calendar year that the fiscal year begins in. */
  year: number;
  /** Place inside the fiscal year from 1; 1 for the whole. */
  place: number;
  from: string;
  to: string;
}

interface Year {
  year: number;
  startsOn: string;
  endsOn: string;
}

const MONTHS = { year: 12, quarter: 3, month: 1 } as const;

function addMonths(day: string, months: number): string {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

function dayBefore(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - 1);
  return at.toISOString().slice(0, 10);
}

/** The spans of one kind of a fiscal year, cut at its last day: a short year has fewer. */
export function spansOf(year: Year, kind: Span["kind"]): readonly Span[] {
  if (kind === "year") return [{ kind, year: year.year, place: 1, from: year.startsOn, to: year.endsOn }];
  const spans: Span[] = [];
  for (let from = year.startsOn, place = 1; from <= year.endsOn; place += 1) {
    const next = addMonths(from, MONTHS[kind]);
    const to = dayBefore(next);
    spans.push({ kind, year: year.year, place, from, to: to < year.endsOn ? to : year.endsOn });
    from = next;
  }
  return spans;
}

/** Every span of every year: years, then quarters and months of each, the newest year first. */
export function allSpans(years: readonly Year[]): readonly Span[] {
  return years.flatMap((year) => (["year", "quarter", "month"] as const).flatMap((kind) => spansOf(year, kind)));
}

/** The span that a period is, if it is one. */
export function spanOf(years: readonly Year[], from: string, to: string): Span | undefined {
  return allSpans(years).find((span) => span.from === from && span.to === to);
}

/** The span of the same kind before (-1) or after (1), also across the end of a year. */
export function neighbour(years: readonly Year[], span: Span, step: -1 | 1): Span | undefined {
  const inOrder = [...years].sort((a, b) => a.startsOn.localeCompare(b.startsOn)).flatMap((year) => spansOf(year, span.kind));
  return inOrder[inOrder.findIndex(({ from }) => from === span.from) + step];
}
