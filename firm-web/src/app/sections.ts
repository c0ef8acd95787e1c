import type { IconName } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import type { Scope } from "../gql/operations";
import { useOwnCompany } from "./viewer";

export interface Section {
  id: string;
  label: string;
  icon: IconName;
  to: string;
  /** Pressed after g. */
  key: string;
  /** A section whose scope is not granted stays in the bar with a lock. */
  scope?: Scope;
}

/** What the left bar offers outside of a client. */
export function useFirmSections(): readonly Section[] {
  const i18n = useWords();
  const own = useOwnCompany();
  return [
    ...(own ? [] : [{ id: "clients", label: i18n.t("Clients"), icon: "people", to: "/clients", key: "c" } as const]),
    { id: "settings", label: i18n.t("Settings"), icon: "settings", to: "/settings", key: "s" },
  ];
}

/** What it offers inside one client's books. */
export function useClientSections(clientId: string): readonly Section[] {
  const i18n = useWords();
  const own = useOwnCompany();
  const to = (path: string) => `/c/${clientId}${path}`;
  return [
    // What the firm sees of its clients at a glance.
    ...(own ? [] : [{ id: "overview", label: i18n.t("Overview"), icon: "home", to: to(""), key: "h" } as const]),
    { id: "bank", label: i18n.t("Bank"), icon: "bank", to: to("/bank"), key: "b", scope: "BANKING" },
    { id: "inbox", label: i18n.t("Inbox"), icon: "inbox", to: to("/inbox"), key: "i", scope: "INBOX" },
    { id: "documents", label: i18n.t("Documents"), icon: "document", to: to("/documents"), key: "d", scope: "SALES" },
    { id: "recurring", label: i18n.t("Recurring"), icon: "wait", to: to("/recurring"), key: "u", scope: "RECURRING" },
    { id: "journal", label: i18n.t("Journal"), icon: "journal", to: to("/journal"), key: "j", scope: "JOURNAL" },
    { id: "taxes", label: i18n.t("Taxes"), icon: "taxes", to: to("/taxes"), key: "t", scope: "TAXES" },
    { id: "contacts", label: i18n.t("Contacts"), icon: "people", to: to("/contacts"), key: "o", scope: "CONTACTS" },
    { id: "reports", label: i18n.t("Reports"), icon: "report", to: to("/reports"), key: "r", scope: "REPORTS" },
    { id: "company", label: i18n.t("The company"), icon: "portal", to: to("/company"), key: "e", scope: "ACCOUNTS" },
    { id: "log", label: i18n.t("Change log"), icon: "undo", to: to("/log"), key: "l", scope: "AUDIT" },
  ];
}
