import { useLocale } from "@atrio/kit/words";
import { useCallback, useMemo } from "react";

/** Names of countries in the reader's language, from ISO 3166 codes. What is no code passes through. */
export function useCountryName(): (code: string) => string {
  const locale = useLocale();
  const names = useMemo(() => new Intl.DisplayNames(locale, { type: "region", fallback: "code" }), [locale]);
  return useCallback((code) => (/^[A-Za-z]{2}$/.test(code) ? (names.of(code.toUpperCase()) ?? code) : code), [names]);
}
