import { toMinor } from "@atrio/kit/format";
import type { DocumentType } from "../app/documentWords";
import type { DocumentStatus } from "../gql/operations";

/** What the acts of a document's page depend on. */
export interface Standing {
  type: DocumentType;
  status: DocumentStatus;
  sentAt?: string | null;
  isSimplified?: boolean;
  /** Decimal text; below zero where something was given back. */
  total?: string;
  /** Decimal text; what is still to be collected or paid. */
  outstanding?: string;
}

/** Into which kinds a document goes on; the same table as the gateway's (services/documents/rules/conversions.py). */
const CONVERSIONS: Partial<Record<DocumentType, readonly DocumentType[]>> = {
  ESTIMATE: ["PROFORMA", "SALES_ORDER", "DELIVERY_NOTE", "SALES_INVOICE"],
  PROFORMA: ["SALES_ORDER", "DELIVERY_NOTE", "SALES_INVOICE"],
  SALES_ORDER: ["DELIVERY_NOTE", "SALES_INVOICE"],
  DELIVERY_NOTE: ["SALES_INVOICE"],
  PURCHASE_ORDER: ["PURCHASE_INVOICE", "EXPENSE"],
};
const POSTED: readonly DocumentType[] = ["SALES_INVOICE", "PURCHASE_INVOICE", "EXPENSE"];
const ISSUED: readonly DocumentStatus[] = ["APPROVED", "PARTLY_PAID", "PAID"];

export function isDraft({ status }: Standing): boolean {
  return status === "DRAFT" || status === "PENDING_REVIEW";
}

/** Kinds that an approved or accepted document may become. */
export function nextTypes({ type, status }: Standing): readonly DocumentType[] {
  return status === "APPROVED" || status === "ACCEPTED" ? (CONVERSIONS[type] ?? []) : [];
}

/** What is posted is corrected by another document. */
export function canRectify({ type, status }: Standing): boolean {
  return POSTED.includes(type) && ISSUED.includes(status);
}

/** An invoice that nobody was given: what is sent or paid is corrected by another document. */
export function canVoid({ type, status, sentAt }: Standing): boolean {
  return type === "SALES_INVOICE" && status === "APPROVED" && !sentAt;
}

/** An issued simplified invoice, which a full one may take the place of (RD 1619/2012 art. 15.6). */
export function canSubstitute({ type, status, isSimplified, total = "0" }: Standing): boolean {
  return type === "SALES_INVOICE" && ISSUED.includes(status) && isSimplified === true && toMinor(total) > 0n;
}

export function canDecide({ type, status }: Standing): boolean {
  return type === "ESTIMATE" && status === "APPROVED";
}

/** What was issued or received as money stays; of all else the approval can be taken back while nothing came of it. */
export function canUnapprove({ type, status }: Standing): boolean {
  return type !== "SALES_INVOICE" && type !== "PAYMENT_RECEIPT" && status === "APPROVED";
}

/** What is posted and open is paid, or set off against another. */
export function canPay({ type, status, outstanding = "0" }: Standing): boolean {
  return POSTED.includes(type) && (status === "APPROVED" || status === "PARTLY_PAID") && toMinor(outstanding) !== 0n;
}

/** What will be posted takes an advance off before it is approved. */
export function canDeduct(standing: Standing): boolean {
  return POSTED.includes(standing.type) && isDraft(standing);
}

/** A draft is deleted, what waits for review or binds nobody is cancelled. */
export function canCancel({ type, status }: Standing): boolean {
  return status === "PENDING_REVIEW" || (status === "APPROVED" && !POSTED.includes(type));
}

/** What is approved goes out by mail, as often as somebody asks for it. */
export function canMail({ type, status }: Standing): boolean {
  const sales = type !== "PURCHASE_INVOICE" && type !== "EXPENSE" && type !== "PURCHASE_ORDER";
  return sales && (ISSUED.includes(status) || status === "ACCEPTED");
}

/** The portal shows it from the first time on. */
export function canSend(standing: Standing): boolean {
  return !standing.sentAt && canMail(standing);
}
