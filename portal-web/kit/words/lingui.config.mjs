import { resolve } from "node:path";
import { formatter } from "@lingui/format-po";

const rootDir = resolve(import.meta.dirname, "../../..");

/** Sentences that only a test says are read by nobody. */
const TESTS = ["**/*.test.*"];

/** Source text is English and its own id; one PO per app and language, one for the kit. */
export default {
  rootDir,
  sourceLocale: "en",
  locales: ["es", "en", "ca", "sv"],
  catalogs: [
    {
      path: "<rootDir>/portal-web/kit/words/locales/{locale}",
      include: ["<rootDir>/portal-web/kit/ui", "<rootDir>/portal-web/kit/words", "<rootDir>/portal-web/kit/files"],
      exclude: TESTS,
    },
    { path: "<rootDir>/portal-web/locales/{locale}", include: ["<rootDir>/portal-web/src"], exclude: TESTS },
    { path: "<rootDir>/firm-web/locales/{locale}", include: ["<rootDir>/firm-web/src"], exclude: TESTS },
  ],
  orderBy: "messageId",
  // Without file and line, so that moving code changes no catalogue.
  format: formatter({ origins: false, explicitIdAsDefault: true }),
};
