import { resolve } from "node:path";
import { lingui } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react(), lingui({ configPath: resolve(import.meta.dirname, "portal-web/kit/words/lingui.config.mjs") })],
  test: {
    environment: "happy-dom",
    include: ["portal-web/**/*.test.{ts,tsx}", "firm-web/**/*.test.{ts,tsx}"],
    setupFiles: ["portal-web/kit/testing/setup.ts"],
    restoreMocks: true,
  },
});
