import type { LoadCatalog } from "@atrio/kit/words";

/** This app's words in one language. */
export const loadCatalog: LoadCatalog = (locale) => import(`../../locales/${locale}.po`);
