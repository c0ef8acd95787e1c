import { type I18n, i18n, type Messages } from "@lingui/core";
import { I18nProvider, useLingui } from "@lingui/react";
import { type ReactNode, useMemo } from "react";
import { type Locale, rememberLocale } from "./locale";

/** Loads what an app and the kit say everywhere, or what only the named area of the app says. */
export type LoadCatalog = (locale: Locale, area?: string) => Promise<{ messages: Messages }>;

const areas = new Set<string>();
let wanted: Locale = "en";
let speaking: Promise<unknown> = Promise.resolve();

/**
 * Fetches the catalogues of a language, those of the areas seen so far among them, and switches every screen to it.
 * Of two quick calls the later one wins. Sets the page's `lang`, which screen readers speak by.
 */
export async function speak(locale: Locale, load: LoadCatalog): Promise<void> {
  wanted = locale;
  const fetched = Promise.all([load(locale), ...[...areas].map((area) => load(locale, area))]);
  speaking = fetched;
  const catalogs = await fetched;
  if (wanted !== locale) return;
  i18n.load(locale, Object.assign({}, ...catalogs.map((catalog) => catalog.messages)));
  i18n.activate(locale);
  document.documentElement.lang = locale;
  rememberLocale(locale);
}

/** Fetches the words of an area in the language in use, or in the one that is just being switched to. */
export async function learn(area: string, load: LoadCatalog): Promise<void> {
  areas.add(area);
  const locale = wanted;
  const [{ messages }] = await Promise.all([load(locale, area), speaking]);
  i18n.load(locale, messages);
}

export function WordsProvider({ children }: { children: ReactNode }) {
  return <I18nProvider i18n={i18n}>{children}</I18nProvider>;
}

/**
 * The catalogue in use. Name the result `i18n`: extraction looks for `i18n.t("English text")`.
 * It is another object in another language, so what is memoised on it is made anew; the library's own is always the same.
 */
export function useWords(): I18n {
  const inUse = useLingui();
  return useMemo(() => Object.create(inUse.i18n), [inUse]);
}

/** The language in use; the component renders anew when it changes. */
export function useLocale(): Locale {
  return useLingui().i18n.locale as Locale;
}
