/** What both apps build alike. The gateway serves `dist` under the base; development proxies to it. */

import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { provideWords } from "./words.mjs";

const GATEWAY = process.env.ATRIO_GATEWAY ?? "http://localhost:8000";
const PROXIED = ["/graphql", "/sign-in", "/sign-out", "/uploads", "/files", "/schema.graphql"];
const KB = 1024;

/** Limits in KB, gzipped, each catalogue being a chunk; the fonts as they are. */
const SHARED_BUDGET = { chunk: 15, css: 12, fonts: 50 };

const ENTRY = "src\\/main\\.tsx$|rolldown\\/runtime|vite\\/preload-helper";
const SHARED = "(portal-web\\/kit|src\\/app)\\/.+";
const LIST = {
  name: "list",
  test: /@tanstack[\\/](react-)?virtual|kit[\\/]ui[\\/](SearchField|Table|TableRow|Tabs|useRowCursor)\.tsx?$|kit[\\/]graphql[\\/]usePages/,
  includeDependenciesRecursively: false,
  priority: 3,
};

/**
 * Fewer requests: in one file what every list needs, in the first what the entry needs and the style of shared parts, in a third
 * what screens of several areas share. A small app has all of the third, and the style of its screens, in the first.
 */
const CHUNKS = [
  LIST,
  { name: "first", test: new RegExp(`${ENTRY}|${SHARED}\\.module\\.css$`), priority: 2 },
  { name: "screen", test: new RegExp(`${SHARED}\\.tsx?$`), priority: 1 },
];
const CHUNKS_OF_SMALL = [LIST, { name: "first", test: new RegExp(`${ENTRY}|${SHARED}\\.tsx?$|\\.module\\.css$`), priority: 2 }];

/**
 * @param {{ root: string, base: string, port: number, firstLoad: number, isSmall?: boolean, plugins?: import("vite").Plugin[] }} app
 *   `firstLoad` is the limit for JavaScript before the first screen's own chunk; a small app is not divided by areas.
 * @returns {import("vite").UserConfig}
 */
export function appConfig({ root, base, port, firstLoad, isSmall = false, plugins = [] }) {
  return {
    root,
    base,
    plugins: [
      orderLayers(),
      react(),
      provideWords(root, !isSmall),
      preloadFont(base),
      keepBudget(firstLoad),
      clearBefore(resolve(root, "dist"), (name) => !name.startsWith("explorer")),
      ...plugins,
    ],
    resolve: { dedupe: ["react", "react-dom", "@lingui/core", "@lingui/react", "urql", "graphql"] },
    build: {
      outDir: "dist",
      // `clearBefore` does it, and leaves what another build put there.
      emptyOutDir: false,
      manifest: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { output: { codeSplitting: { groups: isSmall ? CHUNKS_OF_SMALL : CHUNKS } } },
    },
    server: {
      port,
      strictPort: true,
      fs: { allow: [dirname(root)] },
      proxy: Object.fromEntries(PROXIED.map((path) => [path, { target: GATEWAY, bypass: pagesOfSignIn }])),
    },
  };
}

/** `/sign-in` is an endpoint for POST only. */
function pagesOfSignIn(request) {
  return request.method === "GET" && request.url?.startsWith("/sign-in") ? request.url : undefined;
}

/** Sheets arrive in any order; the first one decides the order of layers, so each of them states it. */
function orderLayers() {
  return {
    name: "atrio-layers",
    enforce: "pre",
    transform(code, id) {
      return /\.css$/.test(id) && code.includes("@layer ")
        ? { code: `@layer tokens, page, kit, app;\n${code}`, map: null }
        : undefined;
    },
  };
}

/** The latin file holds every letter of the four languages; it is wanted before the style sheet says so. */
function preloadFont(base) {
  return {
    name: "atrio-preload-font",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle }) {
        const font = Object.keys(bundle ?? {}).find((name) => /inter-latin-wght-normal.*\.woff2$/.test(name));
        if (!font) return [];
        return [
          {
            tag: "link",
            injectTo: "head",
            attrs: { rel: "preload", as: "font", type: "font/woff2", href: base + font, crossorigin: "" },
          },
        ];
      },
    },
  };
}

/**
 * Removes what this build wrote the last time; `own` says by its name whether an entry of the folder is
 * one of this build. Two builds may so share a folder, in any order and each alone.
 */
export function clearBefore(folder, own) {
  return {
    name: "atrio-clear",
    apply: "build",
    buildStart() {
      for (const name of existsSync(folder) ? readdirSync(folder) : []) {
        if (own(name)) rmSync(resolve(folder, name), { recursive: true });
      }
    },
  };
}

/** Fails the build when the first load, a later chunk or the style sheet grows over its limit. */
function keepBudget(firstLoad) {
  return {
    name: "atrio-budget",
    apply: "build",
    writeBundle(_options, bundle) {
      const size = (name) => gzipSync(bundle[name].code ?? bundle[name].source).length / KB;
      const entry = Object.values(bundle).find((one) => one.name === "first");
      const first = reached(bundle, entry);
      const sizes = {
        javascript: [...first].reduce((sum, name) => sum + size(name), 0),
        css: sum([...first].flatMap((name) => [...(bundle[name].viteMetadata?.importedCss ?? [])]).map(size)),
      };
      const over = [];
      if (sizes.javascript > firstLoad) over.push(`first load ${sizes.javascript.toFixed(1)} KB, limit ${firstLoad}`);
      if (sizes.css > SHARED_BUDGET.css) over.push(`style sheet ${sizes.css.toFixed(1)} KB, limit ${SHARED_BUDGET.css}`);
      for (const [name, one] of Object.entries(bundle)) {
        const later = one.type === "chunk" && !first.has(name);
        if (later && size(name) > SHARED_BUDGET.chunk) {
          over.push(`${name} ${size(name).toFixed(1)} KB, limit ${SHARED_BUDGET.chunk}`);
        }
      }
      console.log(
        `first load: JavaScript ${sizes.javascript.toFixed(1)} of ${firstLoad} KB, CSS ${sizes.css.toFixed(1)} of ${SHARED_BUDGET.css} KB (gzip)`,
      );
      if (over.length > 0) this.error(`over budget: ${over.join("; ")}`);
    },
  };
}

const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);

/** The chunk and everything it imports at once. */
function reached(bundle, chunk, seen = new Set()) {
  if (!chunk || seen.has(chunk.fileName)) return seen;
  seen.add(chunk.fileName);
  for (const name of chunk.imports) reached(bundle, bundle[name], seen);
  return seen;
}
