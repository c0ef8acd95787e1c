/**
 * `npm run words` brings the PO files up to the texts in the code and lists what is untranslated.
 * With --check nothing is written, and anything stale or missing fails.
 */
import { relative } from "node:path";
import { getCatalogs } from "@lingui/cli/api";
import { makeConfig } from "@lingui/conf";
import settings from "./lingui.config.mjs";

const check = process.argv.includes("--check");
const config = makeConfig(settings, { skipValidation: true });
let failed = false;

function complain(path, what) {
  console.error(`${relative(settings.rootDir, path)}: ${what}`);
  failed = true;
}

for (const catalog of await getCatalogs(config)) {
  const texts = Object.keys(await catalog.collect());
  if (!check) await catalog.make({ clean: true, orderBy: config.orderBy });
  for (const locale of config.locales) {
    const path = catalog.getFilename(locale);
    const present = (await catalog.read(locale)) ?? {};
    for (const text of texts) {
      if (!present[text]) complain(path, `not extracted, run npm run words: ${text}`);
      else if (locale !== config.sourceLocale && !present[text].translation) complain(path, `not translated: ${text}`);
    }
    for (const text of Object.keys(present)) {
      if (!texts.includes(text)) complain(path, `no longer in the code, run npm run words: ${text}`);
    }
  }
}
if (check && failed) process.exitCode = 1;
