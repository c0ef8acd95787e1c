import { useFormats } from "@atrio/kit/format";
import type { Tone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useMemo } from "react";
import type { RecurringFollowUp, RecurringFrequency, RecurringState } from "../gql/operations";

/** How often, in words. */
export function useFrequencies(): (frequency: RecurringFrequency, every: number) => string {
  const i18n = useWords();
  return useMemo(() => {
    const words: Record<RecurringFrequency, string> = {
      WEEKLY: i18n.t("Every week"),
      MONTHLY: i18n.t("Every month"),
      QUARTERLY: i18n.t("Every quarter"),
      YEARLY: i18n.t("Every year"),
    };
    return (frequency, every) =>
      frequency === "WEEKLY" && every > 1 ? i18n.t("Every {count} weeks", { count: every }) : words[frequency];
  }, [i18n]);
}

/** What becomes of an invoice, in words. */
export function useFollowUps(): Record<RecurringFollowUp, string> {
  const i18n = useWords();
  return useMemo(
    () => ({
      DRAFT: i18n.t("Stays a draft"),
      APPROVE: i18n.t("Is approved"),
      SEND: i18n.t("Is approved and mailed"),
    }),
    [i18n],
  );
}

/** Where a template stands, with the tone of its sign. */
export function useTemplateStates(): Record<RecurringState, { word: string; tone: Tone }> {
  const i18n = useWords();
  return useMemo(
    () => ({
      ACTIVE: { word: i18n.t("Active"), tone: "good" },
      PAUSED: { word: i18n.t("Paused"), tone: "wait" },
      ENDED: { word: i18n.t("Ended"), tone: "quiet" },
    }),
    [i18n],
  );
}

/** A day or a dash. */
export function useDay(): (day: string | null | undefined) => string {
  const f = useFormats();
  return (day) => (day ? f.date(day) : "–");
}
