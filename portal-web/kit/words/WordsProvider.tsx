import { type I18n, i18n, type Messages } from "@lingui/core";
import { I18nProvider, useLingui } from "@lingui/react";
import { type ReactNode, useMemo } from "react";
import { type Locale, rememberLocale } from "./locale";

/** Loads one app's catalogue; the kit's own is fetched beside it. */
export type LoadCatalog = (locale: Locale) => Promise<{ messages: Messages }>;

let wanted: Locale | undefined;

/**
 * Fetches both catalogues of a language and switches every screen to it.
 * Of two quick calls the later one wins. Sets the page's `lang`, which screen readers speak by.
 */
export async function speak(locale: Locale, loadApp: LoadCatalog): Promise<void> {
  wanted = locale;
  const [kit, app] = await Promise.all([import(`./locales/${locale}.po`) as Promise<{ messages: Messages }>, loadApp(locale)]);
  if (wanted !== locale) return;
  i18n.loadAndActivate({ locale, messages: { ...kit.messages, ...app.messages } });
  document.documentElement.lang = locale;
  rememberLocale(locale);
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
