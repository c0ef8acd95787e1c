/** Which words of an app are loaded with which of its areas. The PO files stay one per app and language. */

import { relative, resolve } from "node:path";
import { createCompiledCatalog, getCatalogs } from "@lingui/cli/api";
import { makeConfig } from "@lingui/conf";
import settings from "../words/lingui.config.mjs";

const WORDS = "atrio:words";
const SHARED = "shared";
const KIT = resolve(import.meta.dirname, "../words/locales");

/** An area with fewer words of its own is not worth a request. */
const WORDS_MIN = 40;

/**
 * Gives the area of every word that no other area says. A word of the frame or of two areas has none, nor has one of an
 * area with few words.
 *
 * @param {Record<string, { origin: [path: string, line: number][] }>} collected as extraction finds them in the code
 * @param {string} source the folder with a folder per area
 * @param {number} least words of an area
 * @returns {Map<string, string>}
 */
export function areasOfWords(collected, source, least = WORDS_MIN) {
  const own = {};
  for (const [text, { origin }] of Object.entries(collected)) {
    const [area, ...others] = new Set(origin.map(([path]) => relative(source, path).split("/")[0]));
    if (others.length > 0 || area === "app") continue;
    own[area] ??= [];
    own[area].push(text);
  }
  const worthwhile = Object.entries(own).filter(([, texts]) => texts.length >= least);
  return new Map(worthwhile.flatMap(([area, texts]) => texts.map((text) => [text, area])));
}

/**
 * Provides `atrio:words`: `catalogs[area][locale]()` imports the words of one area, and `catalogs.shared` those of none
 * together with the kit's. While developing all words are shared, so that none waits for a new extraction.
 *
 * @param {string} root the app's folder
 * @param {boolean} perArea or else all words are shared
 * @returns {import("vite").Plugin}
 */
export function provideWords(root, perArea) {
  const config = makeConfig(settings, { skipValidation: true });
  const folder = resolve(root, "locales");
  const catalogOf = async (path) => (await getCatalogs(config)).find((one) => resolve(one.path) === resolve(path, "{locale}"));
  let areas = new Map();
  let isDivided = false;
  return {
    name: "atrio-words",
    enforce: "pre",
    configResolved({ command }) {
      isDivided = perArea && command === "build";
    },
    async buildStart() {
      if (!isDivided) return;
      const collected = await (await catalogOf(folder)).collect();
      areas = areasOfWords(collected, relative(config.rootDir, resolve(root, "src")));
    },
    resolveId(id) {
      return id === WORDS || id.startsWith(`${WORDS}/`) ? `\0${id}` : undefined;
    },
    async load(id) {
      if (!id.startsWith(`\0${WORDS}`)) return undefined;
      const [locale, area] = id.slice(`\0${WORDS}/`.length).split("-of-");
      if (!area) return tableOf([SHARED, ...new Set(areas.values())], config.locales);
      const read = async (path) => {
        const catalog = await catalogOf(path);
        this.addWatchFile(catalog.getFilename(locale));
        const { messages, missing } = await catalog.getTranslations(locale, config);
        if (missing.length > 0) this.warn(`${locale}: ${missing.length} texts without a translation`);
        return messages;
      };
      const own = Object.entries(await read(folder)).filter(([text]) => (areas.get(text) ?? SHARED) === area);
      const said = { ...(area === SHARED ? await read(KIT) : {}), ...Object.fromEntries(own) };
      const { source, errors } = createCompiledCatalog(locale, said, { namespace: "es" });
      if (errors.length > 0) this.error(`${locale}: ${errors.map(({ error }) => error.message).join("; ")}`);
      return { code: source, map: null, moduleType: "js" };
    },
  };
}

function tableOf(areas, locales) {
  const imports = (area) => locales.map((one) => `${one}: () => import("${WORDS}/${one}-of-${area}")`);
  return `export const catalogs = {${areas.map((area) => `"${area}": {${imports(area)}}`)}};`;
}
