/** Where a counter of a client leads: the list whose total it equals. Areas own the search parameters named here. */
const PLACES = {
  workspace: { path: "", search: {} },
  bank: { path: "/bank", search: { open: true } },
  inbox: { path: "/inbox", search: { state: "TO_REVIEW" } },
  scans: { path: "/inbox", search: { state: "TO_REVIEW", kind: "SCAN" } },
  files: { path: "/inbox", search: { state: "TO_REVIEW", kind: "FILE" } },
  sales: { path: "/documents", search: { side: "sales", status: "PENDING_REVIEW" } },
  purchases: { path: "/documents", search: { side: "purchases", status: "PENDING_REVIEW" } },
  journal: { path: "/journal", search: { state: "DRAFT" } },
  contacts: { path: "/contacts", search: { new: true } },
} as const;

/** First and last day, both included. */
interface Period {
  from?: string;
  to?: string;
}

interface Place {
  to: string;
  search: Record<string, string | boolean>;
}

export type ClientPlace = keyof typeof PLACES | "overview";

/** For `<Link {...clientPlace(id, "bank")}>` and `navigate(clientPlace(id, "bank"))`; areas may not import each other. */
export function clientPlace(clientId: string, place: ClientPlace): Place {
  if (place === "overview") return { to: `/clients/${clientId}`, search: {} };
  return { to: `/c/${clientId}${PLACES[place].path}`, search: PLACES[place].search };
}

/**
 * The same screen in another client's books; from outside of books the client's page. A row (a bank line, an entry) does
 * not exist in another's books, so of its address the list remains.
 */
export function sameScreen(pathname: string, clientId: string): string {
  const [, books, , ...screen] = pathname.split("/");
  if (books !== "c") return `/clients/${clientId}`;
  const kept = screen.some((part) => ID.test(part)) ? screen.slice(0, 1) : screen;
  return ["/c", clientId, ...kept].join("/");
}

const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

export type DocumentSide = "sales" | "purchases";

/** Which list a document of this type stands in. */
export function sideOf(documentType: string): DocumentSide {
  return ["PURCHASE_ORDER", "PURCHASE_INVOICE", "EXPENSE"].includes(documentType) ? "purchases" : "sales";
}

/** One row's own page, for links across areas. */
export const rowPlace = {
  document: (clientId: string, side: DocumentSide, id: string): Place => ({
    to: `/c/${clientId}/documents/${side}/${id}`,
    search: {},
  }),
  editDocument: (clientId: string, side: DocumentSide, id: string): Place => ({
    to: `/c/${clientId}/documents/${side}/${id}/edit`,
    search: {},
  }),
  newDocument: (clientId: string, side: DocumentSide, type: string): Place => ({
    to: `/c/${clientId}/documents/${side}/new`,
    search: { type },
  }),
  documentsIn: (clientId: string, side: DocumentSide): Place => ({ to: `/c/${clientId}/documents`, search: { side } }),
  /** Invoices and expenses of a period that nobody has approved. */
  unpostedIn: (clientId: string, side: DocumentSide, period: Period): Place => ({
    to: `/c/${clientId}/documents`,
    search: { side, unposted: true, ...period },
  }),
  documentsOf: (clientId: string, side: DocumentSide, contact: string): Place => ({
    to: `/c/${clientId}/documents`,
    search: { side, contact },
  }),
  contact: (clientId: string, id: string): Place => ({ to: `/c/${clientId}/contacts/${id}`, search: {} }),
  entry: (clientId: string, id: string): Place => ({ to: `/c/${clientId}/journal/${id}`, search: {} }),
  /** What happened to one thing, in the client's change log. */
  logOf: (clientId: string, id: string): Place => ({ to: `/c/${clientId}/log`, search: { of: id } }),
  inboxFile: (clientId: string, id: string): Place => ({ to: `/c/${clientId}/inbox/${id}`, search: {} }),
};
