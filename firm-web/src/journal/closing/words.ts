import { useWords } from "@atrio/kit/words";
import { useMemo } from "react";
import type { Daybook, LockAct, PeriodLockKind } from "../../gql/operations";

export interface Named {
  lock: PeriodLockKind;
  /** One daybook, else all books. */
  daybook?: Daybook | null;
}

/** Locks, what happens to them, and checks of a year in words. */
export function useClosingWords() {
  const i18n = useWords();
  return useMemo(() => {
    const locks: Record<PeriodLockKind, { name: string; note: string }> = {
      SOFT: { name: i18n.t("Soft lock"), note: i18n.t("Managers pass it; others need an exception.") },
      TAX: { name: i18n.t("Tax lock"), note: i18n.t("A return was filed; everybody needs an exception.") },
      HARD: { name: i18n.t("Final lock"), note: i18n.t("The year is closed; nobody passes.") },
    };
    const daybooks: Record<Daybook, string> = {
      SALES: i18n.t("Sales daybook"),
      PURCHASES: i18n.t("Purchases daybook"),
      BANK: i18n.t("Bank daybook"),
      GENERAL: i18n.t("General daybook"),
    };
    const nameOf = ({ lock, daybook }: Named) => (daybook ? `${locks[lock].name} · ${daybooks[daybook]}` : locks[lock].name);
    const acts: Record<LockAct, string> = {
      MOVED: i18n.t("Lock moved"),
      EXCEPTION_GRANTED: i18n.t("Exception granted"),
      EXCEPTION_ENDED: i18n.t("Exception ended"),
      YEAR_CLOSED: i18n.t("Year closed"),
      YEAR_REOPENED: i18n.t("Year reopened"),
    };
    const checks: Record<string, string> = {
      DRAFTS: i18n.t("Draft entries"),
      SUSPENSE: i18n.t("Suspense accounts (555) with a balance"),
      MISSING_NUMBERS: i18n.t("Missing entry numbers"),
      UNMAPPED_ACCOUNTS: i18n.t("Accounts outside the general chart"),
      EARLIER_YEARS_OPEN: i18n.t("Earlier years that are still open"),
      UNPOSTED_DOCUMENTS: i18n.t("Invoices and expenses not approved"),
    };
    return { locks, daybooks, nameOf, acts, check: (code: string) => checks[code] ?? code };
  }, [i18n]);
}
