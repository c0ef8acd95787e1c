import { catalogs } from "atrio:words";
import type { LoadCatalog } from "@atrio/kit/words";

/** This app's words in one language; it says too little for a catalogue per area. */
export const loadCatalog: LoadCatalog = (locale) => catalogs.shared[locale]();
