import { isZero } from "@atrio/kit/format";
import type { Tone } from "@atrio/kit/ui";
import { useLocale, useWords } from "@atrio/kit/words";
import { useMemo } from "react";
import type { DocumentOrder, DocumentStatus, SalesDocumentType } from "../gql/operations";

/** One document of a type, and the tab that lists them. */
export function useTypes(): Record<SalesDocumentType, { one: string; many: string }> {
  const i18n = useWords();
  const locale = useLocale();
  // biome-ignore lint/correctness/useExhaustiveDependencies: i18n stays the same object when its language changes.
  return useMemo(
    () => ({
      SALES_INVOICE: { one: i18n.t("Invoice"), many: i18n.t("Invoices") },
      ESTIMATE: { one: i18n.t("Estimate"), many: i18n.t("Estimates") },
      PROFORMA: { one: i18n.t("Proforma"), many: i18n.t("Proformas") },
      SALES_ORDER: { one: i18n.t("Sales order"), many: i18n.t("Sales orders") },
      DELIVERY_NOTE: { one: i18n.t("Delivery note"), many: i18n.t("Delivery notes") },
      PAYMENT_RECEIPT: { one: i18n.t("Receipt"), many: i18n.t("Receipts") },
    }),
    [i18n, locale],
  );
}

interface Standing {
  type: SalesDocumentType;
  status: DocumentStatus;
  dueOn?: string | null;
  outstanding: string;
}

/** What a document's status means to the one who received it. */
export type State =
  | "TO_PAY"
  | "OVERDUE"
  | "PARTLY_PAID"
  | "PAID"
  | "TO_ANSWER"
  | "ACCEPTED"
  | "REJECTED"
  | "EXPIRED"
  | "CANCELLED"
  | "VOIDED"
  | "ISSUED";

/** `today` is the reader's own date; a document is overdue the day after it was due. */
export function stateOf({ type, status, dueOn, outstanding }: Standing, today: string): State {
  switch (status) {
    case "PAID":
    case "ACCEPTED":
    case "REJECTED":
    case "EXPIRED":
    case "CANCELLED":
    case "VOIDED":
      return status;
  }
  if (type === "ESTIMATE") return "TO_ANSWER";
  if (type !== "SALES_INVOICE" || isZero(outstanding)) return "ISSUED";
  // A credit note is owed to the contact: nothing of it can be late.
  if (dueOn && dueOn < today && !outstanding.startsWith("-")) return "OVERDUE";
  return status === "PARTLY_PAID" ? "PARTLY_PAID" : outstanding.startsWith("-") ? "ISSUED" : "TO_PAY";
}

export function useStates(): Record<State, { word: string; tone: Tone }> {
  const i18n = useWords();
  const locale = useLocale();
  // biome-ignore lint/correctness/useExhaustiveDependencies: i18n stays the same object when its language changes.
  return useMemo(
    () => ({
      TO_PAY: { word: i18n.t("To pay"), tone: "wait" },
      OVERDUE: { word: i18n.t("Overdue"), tone: "bad" },
      PARTLY_PAID: { word: i18n.t("Partly paid"), tone: "wait" },
      PAID: { word: i18n.t("Paid"), tone: "good" },
      TO_ANSWER: { word: i18n.t("To answer"), tone: "wait" },
      ACCEPTED: { word: i18n.t("Accepted"), tone: "good" },
      REJECTED: { word: i18n.t("Rejected"), tone: "quiet" },
      EXPIRED: { word: i18n.t("Expired"), tone: "quiet" },
      CANCELLED: { word: i18n.t("Cancelled"), tone: "quiet" },
      VOIDED: { word: i18n.t("Voided"), tone: "quiet" },
      ISSUED: { word: i18n.t("Issued"), tone: "quiet" },
    }),
    [i18n, locale],
  );
}

/** Orders of the list in words, where there is no column to press. */
export function useOrders(): Record<DocumentOrder, string> {
  const i18n = useWords();
  const locale = useLocale();
  // biome-ignore lint/correctness/useExhaustiveDependencies: i18n stays the same object when its language changes.
  return useMemo(
    () => ({
      ISSUED_DESC: i18n.t("Newest first"),
      ISSUED_ASC: i18n.t("Oldest first"),
      DUE_ASC: i18n.t("Due first"),
      DUE_DESC: i18n.t("Due last"),
      NUMBER_ASC: i18n.t("Number, rising"),
      NUMBER_DESC: i18n.t("Number, falling"),
      TYPE_ASC: i18n.t("Type, rising"),
      TYPE_DESC: i18n.t("Type, falling"),
      DESCRIPTION_ASC: i18n.t("Description, A to Z"),
      DESCRIPTION_DESC: i18n.t("Description, Z to A"),
      BASE_DESC: i18n.t("Largest base"),
      BASE_ASC: i18n.t("Smallest base"),
      TOTAL_DESC: i18n.t("Largest total"),
      TOTAL_ASC: i18n.t("Smallest total"),
      OUTSTANDING_DESC: i18n.t("Most left to pay"),
      OUTSTANDING_ASC: i18n.t("Least left to pay"),
      STATE_ASC: i18n.t("Open states first"),
      STATE_DESC: i18n.t("Open states last"),
      READ_ASC: i18n.t("Unread first"),
      READ_DESC: i18n.t("Read first"),
    }),
    [i18n, locale],
  );
}
