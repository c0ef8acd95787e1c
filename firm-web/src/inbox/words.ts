import type { Tone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useMemo } from "react";
import type { InboxFileKind, InboxFileState } from "../gql/operations";

/** States and kinds of papers in words. */
export function useInboxWords() {
  const i18n = useWords();
  return useMemo(() => {
    const states: Record<InboxFileState, { word: string; tone: Tone }> = {
      TO_REVIEW: { word: i18n.t("To review"), tone: "wait" },
      DONE: { word: i18n.t("Done"), tone: "good" },
      DISCARDED: { word: i18n.t("Discarded"), tone: "quiet" },
    };
    const kinds: Record<InboxFileKind, string> = { SCAN: i18n.t("Scan"), FILE: i18n.t("File") };
    return { states, kinds };
  }, [i18n]);
}
