/**
 * `npm run words` brings the PO files up to the texts in the code and lists what is untranslated.
 * With --check nothing is left changed and anything stale or missing fails.
 */
import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import config from "./lingui.config.mjs";

const check = process.argv.includes("--check");
const root = config.rootDir;
const files = config.catalogs.flatMap(({ path }) =>
  config.locales.map((locale) => ({
    locale,
    path: resolve(`${path.replace("<rootDir>", root).replace("{locale}", locale)}.po`),
  })),
);

const read = () => Promise.all(files.map(({ path }) => readFile(path, "utf8").catch(() => "")));
const withoutDate = (text) => text.replace(/^"POT-Creation-Date:.*\n/m, "");

const before = await read();
const cli = join(root, "node_modules/@lingui/cli/dist/lingui.js");
const arguments_ = [cli, "extract", "--clean", "--config", join(import.meta.dirname, "lingui.config.mjs")];
const { status, stdout, stderr } = spawnSync(process.execPath, arguments_, { cwd: root, encoding: "utf8" });
if (status !== 0) {
  console.error(stdout, stderr);
  process.exit(1);
}
const after = await read();

let failed = false;
for (const [at, { locale, path }] of files.entries()) {
  const stale = withoutDate(before[at]) !== withoutDate(after[at]);
  if (check && before[at] && before[at] !== after[at]) await writeFile(path, before[at]);
  if (check && stale) console.error(`${relative(root, path)}: stale, run npm run words`);
  failed ||= check && stale;
  if (locale === config.sourceLocale) continue;
  for (const text of untranslated(after[at])) {
    console.error(`${relative(root, path)}: not translated: ${text}`);
    failed ||= check;
  }
}
if (failed) process.exitCode = 1;

/** Texts whose translation is empty; the header block has an empty id. */
function untranslated(po) {
  return po.split("\n\n").flatMap((block) => {
    const value = (name) =>
      [...(new RegExp(`^${name} ((?:".*"\\n?)+)`, "m").exec(block)?.[1] ?? "").matchAll(/"(.*)"/g)]
        .map(([, text]) => text)
        .join("");
    return value("msgid") && !value("msgstr") ? [value("msgid")] : [];
  });
}
