import type { DocumentOrder, PortalDocumentsQueryVariables, ReadFilter, SalesDocumentType } from "../gql/operations";

/** The state of the list, kept in the address; what is not said is the usual. */
export interface DocumentsSearch {
  /** All types when absent. */
  type?: SalesDocumentType;
  q?: string;
  sort?: DocumentOrder;
  read?: Exclude<ReadFilter, "ALL">;
  /** Where the page begins: the cursor at the end of the one before, and which page that makes it. */
  after?: string;
  page?: number;
}

/** Invoices first, because they are what people come for. */
export const TYPES = [
  "SALES_INVOICE",
  "ESTIMATE",
  "PROFORMA",
  "SALES_ORDER",
  "DELIVERY_NOTE",
  "PAYMENT_RECEIPT",
] as const satisfies readonly SalesDocumentType[];

export const ORDERS = [
  "ISSUED_DESC",
  "ISSUED_ASC",
  "DUE_ASC",
  "DUE_DESC",
  "NUMBER_ASC",
  "NUMBER_DESC",
  "TYPE_ASC",
  "TYPE_DESC",
  "DESCRIPTION_ASC",
  "DESCRIPTION_DESC",
  "BASE_DESC",
  "BASE_ASC",
  "TOTAL_DESC",
  "TOTAL_ASC",
  "OUTSTANDING_DESC",
  "OUTSTANDING_ASC",
  "STATE_ASC",
  "STATE_DESC",
  "READ_ASC",
  "READ_DESC",
] as const satisfies readonly DocumentOrder[];

export const USUAL_ORDER = "ISSUED_DESC" satisfies DocumentOrder;

export function documentsSearch(search: Record<string, unknown>): DocumentsSearch {
  const { after, page } = search;
  const paged = typeof after === "string" && after !== "" && Number.isInteger(page) && (page as number) > 1;
  return {
    type: TYPES.find((type) => type === search.type),
    q: textOf(search.q),
    sort: ORDERS.find((order) => order === search.sort),
    read: (["READ", "UNREAD"] as const).find((read) => read === search.read),
    ...(paged ? { after, page: page as number } : {}),
  };
}

/** Numbers come back from the address as numbers. */
function textOf(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text !== "" ? text : undefined;
}

/** The whole list, for a file of it. */
export function listOf({ type, q, sort, read }: DocumentsSearch): Pick<PortalDocumentsQueryVariables, "filter" | "orderBy"> {
  return { filter: { type, search: q, read }, orderBy: sort ?? USUAL_ORDER };
}

export function variablesOf(search: DocumentsSearch, rows: number): PortalDocumentsQueryVariables {
  return { ...listOf(search), first: rows, after: search.after };
}

/** The same list from its first page: any other filter or order makes the cursor that of another list. */
export function changed(search: DocumentsSearch, part: Partial<DocumentsSearch>): DocumentsSearch {
  return { ...search, after: undefined, page: undefined, ...part };
}
