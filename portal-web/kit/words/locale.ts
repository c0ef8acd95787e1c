/** The four languages of the product, named as the contract's `Locale` names them. */
export const LOCALES = ["es", "en", "ca", "sv"] as const;
export type Locale = (typeof LOCALES)[number];

/** Each language in its own words, for the person who cannot read the present one. */
export const LOCALE_NAMES: Record<Locale, string> = {
  es: "Español",
  en: "English",
  ca: "Català",
  sv: "Svenska",
};

const STORED = "atrio.locale";

export function isLocale(value: unknown): value is Locale {
  return LOCALES.includes(value as Locale);
}

/** The first wish we speak, else English. Wishes are language tags such as `sv-FI`. */
export function pickLocale(wishes: readonly string[]): Locale {
  for (const wish of wishes) {
    const language = wish.slice(0, 2).toLowerCase();
    if (isLocale(language)) return language;
  }
  return "en";
}

/** Before sign-in: what this browser used last, else what it asks for. */
export function browserLocale(): Locale {
  const stored = localStorage.getItem(STORED);
  return isLocale(stored) ? stored : pickLocale(navigator.languages);
}

export function rememberLocale(locale: Locale): void {
  localStorage.setItem(STORED, locale);
}
