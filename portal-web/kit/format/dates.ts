import type { Locale } from "../words/locale";
import { REGION } from "./money";

/** A calendar date without zone, `YYYY-MM-DD`, as the contract's `Date` scalar. */
export type IsoDate = string;

/** 21/11/2026; in Swedish 2026-11-21. */
export function formatDate(date: IsoDate, locale: Locale): string {
  if (locale === "sv") return date;
  const [year, month, day] = date.split("-");
  return `${day}/${month}/${year}`;
}

/** An instant (RFC 3339, UTC) as date and time of the reader's own zone. */
export function formatInstant(instant: string, locale: Locale): string {
  const at = new Date(instant);
  const time = new Intl.DateTimeFormat(REGION[locale], { hour: "2-digit", minute: "2-digit" }).format(at);
  return `${formatDate(localDate(at), locale)} ${time}`;
}

/** "2 h ago", for activity only; show `formatInstant` beside it on focus. */
export function formatRelative(instant: string, locale: Locale, now: Date = new Date()): string {
  const seconds = (new Date(instant).getTime() - now.getTime()) / 1000;
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ["year", 31_557_600],
    ["month", 2_629_800],
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
  ];
  const format = new Intl.RelativeTimeFormat(REGION[locale], { numeric: "auto", style: "short" });
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(0, "minute");
}

/** Name of a month, 1 to 12. */
export function formatMonth(month: number, locale: Locale, style: "short" | "long" | "narrow" = "short"): string {
  return new Intl.DateTimeFormat(REGION[locale], { month: style, timeZone: "UTC" }).format(Date.UTC(2026, month - 1, 1));
}

/** The date on the reader's own wall. */
export function localDate(at: Date = new Date()): IsoDate {
  return toIso(at.getFullYear(), at.getMonth() + 1, at.getDate()) as IsoDate;
}

export function shiftDays(date: IsoDate, days: number): IsoDate {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** The letter that types today: hoy, today, avui, idag. */
export const TODAY_LETTER: Record<Locale, string> = { es: "h", en: "t", ca: "a", sv: "i" };

/**
 * A typed date; null if it is none. Missing parts come from `today`.
 *
 * Understood: 21, 2111, 211126, 21112026, 21/11, 21-11-2026, 2026-11-21, +3, -2 and today's letter.
 * Swedish writes the year first: 1121, 261121, 20261121, 11-21; a slash still means day/month.
 */
export function parseDate(text: string, locale: Locale, today: IsoDate): IsoDate | null {
  const typed = text.trim().toLowerCase();
  if (typed === TODAY_LETTER[locale]) return today;
  if (/^[+-]\d{1,3}$/.test(typed)) return shiftDays(today, Number(typed));
  const [year, month] = today.split("-").map(Number) as [number, number, number];
  const parts = splitDate(typed, locale);
  if (!parts) return null;
  const [y, m, d] = parts;
  return toIso(y === undefined ? year : y < 100 ? 2000 + y : y, m ?? month, d);
}

/** A date as an address writes it, 2026-11-21; null if it is none. */
export function isoDate(text: string): IsoDate | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return parts && toIso(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}

type DateParts = [year: number | undefined, month: number | undefined, day: number];

function splitDate(typed: string, locale: Locale): DateParts | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(typed);
  if (iso) return [Number(iso[1]), Number(iso[2]), Number(iso[3])];
  const marked = /^(\d{1,2})([-/.])(\d{1,2})(?:[-/.](\d{2}|\d{4}))?$/.exec(typed);
  if (marked) {
    const monthFirst = locale === "sv" && marked[2] === "-" && marked[4] === undefined;
    const [first, second] = [Number(marked[1]), Number(marked[3])];
    const year = marked[4] === undefined ? undefined : Number(marked[4]);
    return monthFirst ? [year, first, second] : [year, second, first];
  }
  if (!/^\d{1,8}$/.test(typed)) return null;
  const at = (from: number, to: number) => Number(typed.slice(from, to));
  if (typed.length <= 2) return [undefined, undefined, Number(typed)];
  if (typed.length === 4) return locale === "sv" ? [undefined, at(0, 2), at(2, 4)] : [undefined, at(2, 4), at(0, 2)];
  if (typed.length === 6) return locale === "sv" ? [at(0, 2), at(2, 4), at(4, 6)] : [at(4, 6), at(2, 4), at(0, 2)];
  if (typed.length === 8) return locale === "sv" ? [at(0, 4), at(4, 6), at(6, 8)] : [at(4, 8), at(2, 4), at(0, 2)];
  return null;
}

/** Null for a day the calendar does not have, such as 31 April. */
function toIso(year: number, month: number, day: number): IsoDate | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  if (at.getUTCFullYear() !== year || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return null;
  return at.toISOString().slice(0, 10);
}
