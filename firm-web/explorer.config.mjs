import { resolve } from "node:path";
import { clearBefore } from "@atrio/kit/build";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The explorer's sheet carries its fonts as data, which the page's policy refuses; ours stand in. */
const dropFonts = {
  name: "atrio-drop-fonts",
  enforce: "pre",
  transform(code, id) {
    return id.includes("graphiql") && id.endsWith(".css")
      ? { code: code.replace(/@font-face\s*{[^}]*}/g, ""), map: null }
      : undefined;
  },
};

/** The API explorer is built by itself and into the app's folder, so that neither carries the other's code. */
export default defineConfig({
  root: import.meta.dirname,
  base: "/firm/",
  plugins: [dropFonts, react(), clearBefore(resolve(import.meta.dirname, "dist"), (name) => name.startsWith("explorer"))],
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: false,
    assetsDir: "explorer",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { input: resolve(import.meta.dirname, "explorer.html") },
  },
});
