import { useMemo } from "react";
import { useLocale } from "../words/WordsProvider";
import { formatDate, formatInstant, formatMonth, formatRelative } from "./dates";
import { formatCount, formatDecimal, formatMoney, formatPercent } from "./money";

/** Every formatter in the reader's language: `const f = useFormats(); f.money(row.total)`. */
export function useFormats() {
  const locale = useLocale();
  return useMemo(
    () => ({
      money: (value: string, currency?: string) => formatMoney(value, locale, currency),
      decimal: (value: string, places?: number) => formatDecimal(value, locale, places),
      percent: (value: string) => formatPercent(value, locale),
      count: (value: number) => formatCount(value, locale),
      date: (value: string) => formatDate(value, locale),
      instant: (value: string) => formatInstant(value, locale),
      relative: (value: string) => formatRelative(value, locale),
      month: (month: number, style?: "short" | "long" | "narrow") => formatMonth(month, locale, style),
    }),
    [locale],
  );
}
