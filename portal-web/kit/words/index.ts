export { i18n } from "@lingui/core";
export { browserLocale, isLocale, LOCALE_NAMES, LOCALES, type Locale, pickLocale } from "./locale";
export { type LoadCatalog, learn, speak, useLocale, useWords, WordsProvider } from "./WordsProvider";
