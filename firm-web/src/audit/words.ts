import { useWords } from "@atrio/kit/words";
import { useMemo } from "react";
import type { AuditSubject } from "../gql/operations";

/** What lines are about, in words. */
export function useSubjects(): Record<AuditSubject, string> {
  const i18n = useWords();
  return useMemo(
    () => ({
      GRANT: i18n.t("Access of the firm"),
      COLLABORATION: i18n.t("Collaboration"),
      TEAM: i18n.t("Account managers and bookkeepers"),
      MEMBER: i18n.t("People"),
      PORTAL_ACCESS: i18n.t("Portal access"),
      APP: i18n.t("Apps"),
      LOCK: i18n.t("Period locks"),
      FISCAL_YEAR: i18n.t("Fiscal years"),
      DOCUMENT: i18n.t("Documents"),
      ENTRY: i18n.t("Entries"),
      TAX_RETURN: i18n.t("Tax returns"),
      CONTACT: i18n.t("Contacts"),
      IMPORT: i18n.t("Imports"),
      SETTINGS: i18n.t("Settings"),
    }),
    [i18n],
  );
}
