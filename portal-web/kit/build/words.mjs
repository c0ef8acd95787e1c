/** Which words of an app are loaded with which of its areas. The PO files stay one per app and language. */

import { relative, resolve } from "node:path";
import { createCompiledCatalog, getCatalogForFile, getCatalogs } from "@lingui/cli/api";
import { makeConfig } from "@lingui/conf";
import settings from "../words/lingui.config.mjs";

const TABLE = "atrio:words";
const SHARED = "shared";

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
 * Provides `atrio:words`: `catalogs[area][locale]()` imports the words of one area, and `catalogs.shared` those of none.
 * While developing all words are shared, so that none waits for a new extraction.
 *
 * @param {string} root the app's folder
 * @returns {import("vite").Plugin}
 */
export function wordsByArea(root) {
  const config = makeConfig(settings, { skipValidation: true });
  const fileOf = (locale) => resolve(root, "locales", `${locale}.po`);
  const catalogOf = async (file) => getCatalogForFile(relative(config.rootDir, file), await getCatalogs(config));
  let areas = new Map();
  let isBuild = false;
  return {
    name: "atrio-words",
    enforce: "pre",
    configResolved({ command }) {
      isBuild = command === "build";
    },
    async buildStart() {
      if (!isBuild) return;
      const { catalog } = await catalogOf(fileOf(config.sourceLocale));
      areas = areasOfWords(await catalog.collect(), relative(config.rootDir, resolve(root, "src")));
    },
    resolveId(id) {
      return id === TABLE ? `\0${TABLE}` : undefined;
    },
    async load(id) {
      if (id === `\0${TABLE}`) return tableOf([SHARED, ...new Set(areas.values())], config.locales, fileOf);
      const [file, area] = id.split("?area=");
      if (!area) return undefined;
      this.addWatchFile(file);
      const { catalog, locale } = await catalogOf(file);
      const { messages } = await catalog.getTranslations(locale, config);
      const own = Object.entries(messages).filter(([text]) => (areas.get(text) ?? SHARED) === area);
      const { source, errors } = createCompiledCatalog(locale, Object.fromEntries(own), { namespace: "es" });
      if (errors.length > 0) this.error(`${file}: ${errors.map(({ error }) => error.message).join("; ")}`);
      return { code: source, map: null, moduleType: "js" };
    },
  };
}

function tableOf(areas, locales, fileOf) {
  const imports = (area) => locales.map((one) => `${one}: () => import(${JSON.stringify(`${fileOf(one)}?area=${area}`)})`);
  return `export const catalogs = {${areas.map((area) => `${JSON.stringify(area)}: {${imports(area)}}`)}};`;
}
