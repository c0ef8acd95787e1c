import type { Locale } from "../words/locale";

/** Regional conventions behind each language; English prints dates and amounts the European way. */
export const REGION: Record<Locale, string> = { es: "es-ES", en: "en-GB", ca: "ca-ES", sv: "sv-SE" };

const cache = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  let format = cache.get(key);
  if (!format) {
    // es-ES leaves the group mark out of four-digit amounts unless told otherwise.
    format = new Intl.NumberFormat(REGION[locale], { useGrouping: "always", signDisplay: "negative", ...options });
    cache.set(key, format);
  }
  return format;
}

/** Formats the decimal text itself; a detour over a float would change long amounts. */
function formatText(format: Intl.NumberFormat, value: string): string {
  return format.format(value as Intl.StringNumericLiteral);
}

/** An amount with its grouping. With `currency` (ISO 4217) its symbol is printed too. */
export function formatMoney(value: string, locale: Locale, currency?: string): string {
  const options: Intl.NumberFormatOptions = currency
    ? { style: "currency", currency }
    : { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return formatText(numberFormat(locale, options), value);
}

/** A quantity, rate or price: decimal text, at most `places` decimals, padded with zeros to `least`. */
export function formatDecimal(value: string, locale: Locale, places = 2, least = 0): string {
  return formatText(numberFormat(locale, { minimumFractionDigits: least, maximumFractionDigits: places }), value);
}

export function formatCount(value: number, locale: Locale): string {
  return numberFormat(locale, { maximumFractionDigits: 0 }).format(value);
}

/** `value` in percent, decimal text: "21.00" prints 21 %. */
export function formatPercent(value: string, locale: Locale): string {
  const options: Intl.NumberFormatOptions = { style: "unit", unit: "percent", maximumFractionDigits: 2 };
  return formatText(numberFormat(locale, options), value);
}

/** Decimal text to minor units: "12.30" with 2 places is 1230n. Throws on text that is no amount. */
export function toMinor(value: string, places = 2): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value);
  const fraction = match?.[3] ?? "";
  if (!match || fraction.slice(places).replaceAll("0", "") !== "") throw new RangeError(`not an amount: ${value}`);
  const digits = BigInt((match[2] ?? "0") + fraction.slice(0, places).padEnd(places, "0"));
  return match[1] ? -digits : digits;
}

/** Minor units to decimal text: 1230n with 2 places is "12.30". */
export function fromMinor(minor: bigint, places = 2): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(places + 1, "0");
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return minor < 0n ? `-${text}` : text;
}

/** The sum of amounts of one currency, exact. */
export function sumMoney(values: readonly string[]): string {
  return fromMinor(values.reduce((sum, value) => sum + toMinor(value), 0n));
}

export function subtractMoney(from: string, value: string): string {
  return fromMinor(toMinor(from) - toMinor(value));
}

export function isZero(value: string): boolean {
  return /^-?[0.]+$/.test(value);
}

/** As `AMOUNT_MAX` in services/kit/money.py. */
const WHOLE_DIGITS_MAX = 12;

/**
 * A typed or pasted amount as decimal text with exactly `places` decimals; null if it is none.
 *
 * Comma and point are both accepted, the last one is the decimal mark. One mark alone before exactly
 * three digits groups if the language groups with it ("1.234" in Spanish, "1,234" in English).
 * Swedish text brings a true minus and hard spaces. More decimals than `places` are refused, not rounded, and so is
 * more than the books can hold.
 */
export function parseAmount(text: string, locale: Locale, places = 2): string | null {
  const plain = text.replace(/[\s\u00a0\u202f'’€$£]|kr|EUR|SEK/gi, "").replace(/^[−–]/, "-");
  const match = /^([-+]?)([\d.,]*)$/.exec(plain);
  if (!match?.[2] || !/\d/.test(match[2])) return null;
  const [whole, fraction] = splitAtDecimalMark(match[2], locale);
  if (whole === null || fraction.length > places) return null;
  const digits = whole.replace(/^0+(?=\d)/, "") || "0";
  if (digits.length > WHOLE_DIGITS_MAX) return null;
  const value = places === 0 ? digits : `${digits}.${fraction.padEnd(places, "0")}`;
  return match[1] === "-" && !isZero(value) ? `-${value}` : value;
}

function splitAtDecimalMark(body: string, locale: Locale): [whole: string | null, fraction: string] {
  const last = Math.max(body.lastIndexOf("."), body.lastIndexOf(","));
  if (last < 0) return [body, ""];
  const mark = body[last] as string;
  const after = body.slice(last + 1);
  const groupMark = locale === "en" ? "," : ".";
  const alone = !body.slice(0, last).includes(mark === "." ? "," : ".");
  const repeated = body.indexOf(mark) !== last;
  const groups = alone && after.length === 3 && (repeated || mark === groupMark);
  if (groups) return [grouped(body, mark), ""];
  if (repeated) return [null, ""];
  return [grouped(body.slice(0, last), mark === "." ? "," : "."), after];
}

/** The digits without group marks, or null if a group has not three digits. */
function grouped(text: string, mark: string): string | null {
  const [first = "", ...rest] = text.split(mark);
  if (rest.some((group) => group.length !== 3) || (rest.length > 0 && (first.length < 1 || first.length > 3))) return null;
  const digits = first + rest.join("");
  return /^\d*$/.test(digits) ? digits : null;
}
