/** Where a counter of a client leads: the list whose total it equals. Areas own the search parameters named here. */
const PLACES = {
  overview: { path: "", search: {} },
  bank: { path: "/bank", search: { unreconciled: true } },
  inbox: { path: "/inbox", search: { state: "TO_REVIEW" } },
  sales: { path: "/documents", search: { kind: "sales", status: "PENDING_REVIEW" } },
  purchases: { path: "/documents", search: { kind: "purchases", status: "PENDING_REVIEW" } },
  journal: { path: "/journal", search: { state: "DRAFT" } },
  contacts: { path: "/contacts", search: { newOnly: true } },
} as const;

export type ClientPlace = keyof typeof PLACES;

/** For `<Link {...clientPlace(id, "bank")}>` and `navigate(clientPlace(id, "bank"))`; areas may not import each other. */
export function clientPlace(clientId: string, place: ClientPlace): { to: string; search: Record<string, string | boolean> } {
  return { to: `/clients/${clientId}${PLACES[place].path}`, search: PLACES[place].search };
}
