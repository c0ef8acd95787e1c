import { catalogs } from "atrio:words";
import type { LoadCatalog } from "@atrio/kit/words";

/** This app's words in one language: what all areas share, or what one area alone says, if that is much. */
export const loadCatalog: LoadCatalog = async (locale, area = "shared") => (await catalogs[area]?.[locale]()) ?? { messages: {} };
