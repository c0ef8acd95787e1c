import { appConfig } from "@atrio/kit/build";
import { defineConfig } from "vite";

/** The gateway serves the explorer page at /explorer, outside the app's base. */
const serveExplorer = {
  name: "atrio-explorer",
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      if (request.url === "/explorer") request.url = "/firm/explorer.html";
      next();
    });
  },
};

export default defineConfig(
  appConfig({
    root: import.meta.dirname,
    base: "/firm/",
    port: 5173,
    firstLoad: 140,
    wordsPerArea: true,
    plugins: [serveExplorer],
  }),
);
