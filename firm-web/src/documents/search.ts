import type { DocumentSide } from "../app/places";
import { dateOf, oneOf, textOf, tickOf } from "../app/searchParts";
import type {
  DocumentOrder,
  DocumentStatus,
  PurchaseDocumentsQueryVariables,
  PurchaseDocumentType,
  ReadFilter,
  SalesDocumentsQueryVariables,
  SalesDocumentType,
} from "../gql/operations";

export const SALES_TYPES = [
  "SALES_INVOICE",
  "ESTIMATE",
  "PROFORMA",
  "SALES_ORDER",
  "DELIVERY_NOTE",
  "PAYMENT_RECEIPT",
] as const satisfies readonly SalesDocumentType[];
export const PURCHASE_TYPES = [
  "PURCHASE_INVOICE",
  "EXPENSE",
  "PURCHASE_ORDER",
] as const satisfies readonly PurchaseDocumentType[];
export const STATUSES = [
  "PENDING_REVIEW",
  "DRAFT",
  "APPROVED",
  "PARTLY_PAID",
  "PAID",
  "ACCEPTED",
  "REJECTED",
  "EXPIRED",
  "CANCELLED",
  "VOIDED",
] as const satisfies readonly DocumentStatus[];
const READS = ["READ", "UNREAD"] as const satisfies readonly ReadFilter[];
const ORDERS = ["ISSUED", "DUE", "NUMBER", "TYPE", "BASE", "TOTAL", "OUTSTANDING", "STATE", "READ"].flatMap((key) => [
  `${key}_ASC`,
  `${key}_DESC`,
]) as readonly DocumentOrder[];

/** Which documents the list holds; without a type all of the side. */
export interface DocumentsSearch {
  side?: "purchases";
  type?: SalesDocumentType | PurchaseDocumentType;
  status?: DocumentStatus;
  /** Read or not by the contact; sales only. */
  read?: "READ" | "UNREAD";
  /** Only what is not fully paid. */
  unpaid?: true;
  /** Only what will post an entry and nobody has approved. */
  unposted?: true;
  /** What was put out of sight, instead of what is in use. */
  archived?: true;
  contact?: string;
  /** First and last day of issue, both included. */
  from?: string;
  to?: string;
  q?: string;
  sort?: DocumentOrder;
}

/** What kind of document is made. */
export interface NewSearch<Type> {
  type: Type;
}

export function newSalesSearch(search: Record<string, unknown>): NewSearch<SalesDocumentType> {
  return { type: oneOf(SALES_TYPES, search.type) ?? "SALES_INVOICE" };
}

export function newPurchaseSearch(search: Record<string, unknown>): NewSearch<PurchaseDocumentType> {
  return { type: oneOf(PURCHASE_TYPES, search.type) ?? "PURCHASE_INVOICE" };
}

/** Sales is the usual side and not said; what does not fit the side is left out. */
export function documentsSearch(search: Record<string, unknown>): DocumentsSearch {
  const purchases = search.side === "purchases";
  return {
    side: purchases ? "purchases" : undefined,
    type: purchases ? oneOf(PURCHASE_TYPES, search.type) : oneOf(SALES_TYPES, search.type),
    status: oneOf(STATUSES, search.status),
    read: purchases ? undefined : oneOf(READS, search.read),
    unpaid: tickOf(search.unpaid),
    unposted: tickOf(search.unposted),
    archived: tickOf(search.archived),
    contact: textOf(search.contact),
    from: dateOf(search.from),
    to: dateOf(search.to),
    q: textOf(search.q),
    sort: oneOf(ORDERS, search.sort),
  };
}

export function sideIn({ side }: DocumentsSearch): DocumentSide {
  return side ?? "sales";
}

/** The conditions that both sides know. */
function shared({ status, unpaid, unposted, contact, from, to, q }: DocumentsSearch) {
  return { status, open: unpaid, unposted, contactId: contact, from, to, search: q };
}

export function salesVariables(companyId: string, search: DocumentsSearch): SalesDocumentsQueryVariables {
  const { type, read, archived = false, sort } = search;
  const filter = { ...shared(search), type: type as SalesDocumentType | undefined, read };
  return { companyId, orderBy: sort ?? "ISSUED_DESC", archived, filter };
}

export function purchaseVariables(companyId: string, search: DocumentsSearch): PurchaseDocumentsQueryVariables {
  const { type, archived = false, sort } = search;
  const filter = { ...shared(search), type: type as PurchaseDocumentType | undefined };
  return { companyId, orderBy: sort ?? "ISSUED_DESC", archived, filter };
}
