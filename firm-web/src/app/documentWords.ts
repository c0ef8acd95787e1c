import type { Tone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useMemo } from "react";
import type { DocumentStatus, PurchaseDocumentType, SalesDocumentType } from "../gql/operations";

export type DocumentType = SalesDocumentType | PurchaseDocumentType;

/** One document's type in words. */
export function useDocumentTypes(): Record<DocumentType, string> {
  const i18n = useWords();
  return useMemo(
    () => ({
      ESTIMATE: i18n.t("Estimate"),
      PROFORMA: i18n.t("Proforma"),
      SALES_ORDER: i18n.t("Sales order"),
      DELIVERY_NOTE: i18n.t("Delivery note"),
      SALES_INVOICE: i18n.t("Sales invoice"),
      PAYMENT_RECEIPT: i18n.t("Payment receipt"),
      PURCHASE_ORDER: i18n.t("Purchase order"),
      PURCHASE_INVOICE: i18n.t("Purchase invoice"),
      EXPENSE: i18n.t("Expense"),
    }),
    [i18n],
  );
}

/** A document's state in words, with the tone of its sign. */
export function useDocumentStates(): Record<DocumentStatus, { word: string; tone: Tone }> {
  const i18n = useWords();
  return useMemo(
    () => ({
      DRAFT: { word: i18n.t("Draft"), tone: "quiet" },
      PENDING_REVIEW: { word: i18n.t("To review"), tone: "wait" },
      APPROVED: { word: i18n.t("Approved"), tone: "good" },
      PARTLY_PAID: { word: i18n.t("Partly paid"), tone: "wait" },
      PAID: { word: i18n.t("Paid"), tone: "good" },
      ACCEPTED: { word: i18n.t("Accepted"), tone: "good" },
      REJECTED: { word: i18n.t("Rejected"), tone: "bad" },
      EXPIRED: { word: i18n.t("Expired"), tone: "quiet" },
      CANCELLED: { word: i18n.t("Cancelled"), tone: "quiet" },
      VOIDED: { word: i18n.t("Voided"), tone: "bad" },
    }),
    [i18n],
  );
}
