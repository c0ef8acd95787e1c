import { oneOf, textOf, tickOf } from "../app/searchParts";
import type { TaxModel, VatBookKind, VatBookOrder, VatBookPageQueryVariables } from "../gql/operations";

export const MODELS = [
  "M303",
  "M111",
  "M115",
  "M130",
  "M349",
  "M347",
  "M390",
  "M190",
  "M180",
] as const satisfies readonly TaxModel[];
export const QUARTERS = ["1T", "2T", "3T", "4T"] as const;
export const MONTHS = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"] as const;
export const PERIODS = [...QUARTERS, ...MONTHS, "0A"] as const;
const BOOKS = ["ISSUED", "RECEIVED"] as const satisfies readonly VatBookKind[];
const ORDERS = ["DATE_ASC", "DATE_DESC", "NUMBER_ASC", "NUMBER_DESC"] as const satisfies readonly VatBookOrder[];
const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;

export type Period = (typeof PERIODS)[number];

/** Models that name persons instead of filling boxes. */
const NAMING: readonly TaxModel[] = ["M347", "M349", "M190", "M180"];

export function namesPersons(model: TaxModel): boolean {
  return NAMING.includes(model);
}

/** The VAT book with the lines of somebody whom a return names. */
export function bookOf(key: string): VatBookKind {
  return ["B", "E", "S", "T"].includes(key) ? "ISSUED" : "RECEIVED";
}

/** 303 of M303. */
export function modelNumber(model: TaxModel): string {
  return model.slice(1);
}

/** The model of an address such as 303; the VAT return where it is none. */
export function modelOf(number: string): TaxModel {
  return oneOf(MODELS, `M${number}`) ?? "M303";
}

export function periodOf(value: unknown): Period | undefined {
  return oneOf(PERIODS, typeof value === "number" ? String(value).padStart(2, "0") : value);
}

export function yearOf(value: unknown): number | undefined {
  const year = Number(value);
  return Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR ? year : undefined;
}

/** The quarter that was over last, on a day: the one whose return is filed next. */
export function lastPeriod(day: string): { year: number; period: Period } {
  const year = Number(day.slice(0, 4));
  const quarter = Math.ceil(Number(day.slice(5, 7)) / 3);
  if (quarter === 1) return { year: year - 1, period: "4T" };
  return { year, period: QUARTERS[quarter - 2] ?? "1T" };
}

/** First and last day of a period. */
export function daysOf(year: number, period: Period): { from: string; to: string } {
  const quarter = (QUARTERS as readonly string[]).indexOf(period);
  const first = quarter >= 0 ? quarter * 3 + 1 : period === "0A" ? 1 : Number(period);
  const last = quarter >= 0 ? first + 2 : period === "0A" ? 12 : first;
  const end = new Date(Date.UTC(year, last, 0)).getUTCDate();
  const two = (number: number) => String(number).padStart(2, "0");
  return { from: `${year}-${two(first)}-01`, to: `${year}-${two(last)}-${two(end)}` };
}

export interface CalendarSearch {
  year?: number;
}

export function calendarSearch(search: Record<string, unknown>): CalendarSearch {
  return { year: yearOf(search.year) };
}

/** The box whose lines are shown beside the form. */
export interface DraftSearch {
  box?: string;
}

export function draftSearch(search: Record<string, unknown>): DraftSearch {
  const box = textOf(search.box);
  return { box: box && box.length === 1 ? box.padStart(2, "0") : box };
}

export interface BookSearch {
  book?: VatBookKind;
  year?: number;
  period?: Period;
  code?: string;
  investment?: true;
  q?: string;
  sort?: VatBookOrder;
}

export function bookSearch(search: Record<string, unknown>): BookSearch {
  return {
    book: oneOf(BOOKS, search.book),
    year: yearOf(search.year),
    period: periodOf(search.period),
    code: textOf(search.code),
    investment: tickOf(search.investment),
    q: textOf(search.q),
    sort: oneOf(ORDERS, search.sort),
  };
}

export function bookVariables(companyId: string, search: BookSearch, today: string): VatBookPageQueryVariables {
  const usual = lastPeriod(today);
  const book = search.book ?? "ISSUED";
  const year = search.year ?? usual.year;
  const period = search.period ?? usual.period;
  return {
    companyId,
    book,
    year,
    period,
    orderBy: search.sort ?? "DATE_ASC",
    filter: {
      book,
      ...daysOf(year, period),
      taxCode: search.code,
      investment: search.investment,
      search: search.q,
    },
  };
}
