import { localDate } from "@atrio/kit/format";
import { useWords } from "@atrio/kit/words";
import { useCallback } from "react";
import type { DocumentType } from "../app/documentWords";

/** What a warning is read from. */
export interface Doubtful {
  type: DocumentType;
  issuedOn: string;
  contact?: object | null;
  /** Purchases only. */
  hasPaper?: boolean;
  twinId?: string | null;
}

export type Warning = "contact" | "future" | "paper" | "twin";

/** What looks wrong with a document before it is approved; a person may know better, a batch does not. */
export function warningsOf({ type, issuedOn, contact, hasPaper, twinId }: Doubtful, today: string): readonly Warning[] {
  const found: Warning[] = [];
  if (!contact) found.push("contact");
  if (issuedOn > today) found.push("future");
  if (hasPaper === false && (type === "PURCHASE_INVOICE" || type === "EXPENSE")) found.push("paper");
  if (twinId) found.push("twin");
  return found;
}

/** The same as sentences. */
export function useWarnings(): (row: Doubtful) => readonly string[] {
  const i18n = useWords();
  return useCallback(
    (row) => {
      const sentences: Record<Warning, string> = {
        contact: i18n.t("It has no contact."),
        future: i18n.t("Its date lies in the future."),
        paper: i18n.t("No paper is attached."),
        twin: i18n.t("It looks like another purchase of the same supplier and amount."),
      };
      return warningsOf(row, localDate()).map((warning) => sentences[warning]);
    },
    [i18n],
  );
}
