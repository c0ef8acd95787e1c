import { appConfig } from "@atrio/kit/build";
import { defineConfig } from "vite";

export default defineConfig(
  appConfig({ root: import.meta.dirname, base: "/portal/", port: 5174, firstLoad: 130, isSmall: true }),
);
