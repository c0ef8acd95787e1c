import type { Tone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useMemo } from "react";
import type { EntryState } from "../gql/operations";

/** States and sources of entries in words. An unknown source shows as the gateway names it. */
export function useJournalWords() {
  const i18n = useWords();
  return useMemo(() => {
    const states: Record<EntryState, { word: string; tone: Tone }> = {
      DRAFT: { word: i18n.t("To post"), tone: "wait" },
      POSTED: { word: i18n.t("Posted"), tone: "good" },
      REVERSED: { word: i18n.t("Reversed"), tone: "quiet" },
    };
    const known: Record<string, string> = {
      MANUAL: i18n.t("By hand"),
      DOCUMENT: i18n.t("Document"),
      RECONCILIATION: i18n.t("Bank match"),
      REVERSAL: i18n.t("Reversal"),
      IMPORT: i18n.t("Import"),
      REGULARISATION: i18n.t("Regularisation"),
      CLOSING: i18n.t("Closing"),
      OPENING: i18n.t("Opening"),
    };
    const source = (name: string) => known[name] ?? name;
    return { states, source };
  }, [i18n]);
}
