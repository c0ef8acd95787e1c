import { useWords } from "@atrio/kit/words";

/** A client's subscription plan in words; a plan this app does not know yet keeps its own name. */
export function usePlanName(): (plan: string) => string {
  const i18n = useWords();
  const names: Record<string, string> = {
    STARTER: i18n.t("Starter plan"),
    STANDARD: i18n.t("Standard plan"),
    FULL: i18n.t("Full plan"),
  };
  return (plan) => names[plan] ?? plan;
}
