import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  test: {
    environment: "happy-dom",
    include: ["portal-web/**/*.test.{ts,tsx}", "firm-web/**/*.test.{ts,tsx}"],
    setupFiles: ["portal-web/kit/testing/setup.ts"],
    restoreMocks: true,
  },
});
