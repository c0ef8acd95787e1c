/** `node run.mjs [--check] app...`: writes src/gql of each app; with --check only says what is stale. */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { generate } from "./generate.mjs";

const check = process.argv.includes("--check");
const apps = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const root = resolve(import.meta.dirname, "../../..");
const schemaPath = process.env.ATRIO_SCHEMA ?? join(root, "schema.graphql");

async function sourcesOf(app) {
  const names = await readdir(join(root, app, "src"), { recursive: true });
  const paths = names.filter((name) => name.endsWith(".graphql")).sort();
  return Promise.all(
    paths.map(async (path) => ({ path: join(app, "src", path), text: await readFile(join(root, app, "src", path), "utf8") })),
  );
}

/** Writes if different; resolves to whether it was. */
async function put(path, text) {
  const present = await readFile(path, "utf8").catch(() => "");
  if (present === text) return false;
  if (!check) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  console.log(`${relative(root, path)} ${check ? "is stale, run npm run gen" : "written"}`);
  return true;
}

const schema = await readFile(schemaPath, "utf8");
let stale = false;
for (const app of apps) {
  const { types, manifest } = await generate(schema, await sourcesOf(app));
  const folder = join(root, app, "src/gql");
  stale = (await put(join(folder, "operations.ts"), types)) || stale;
  stale = (await put(join(folder, "operations.json"), manifest)) || stale;
}
if (check && stale) process.exitCode = 1;
