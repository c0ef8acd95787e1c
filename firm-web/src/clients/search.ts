import type { ClientOrder, ClientsQueryVariables, ClientTab, Role } from "../gql/operations";

/** The state of the list, kept in the address; what is not said is the usual. */
export interface ClientsSearch {
  tab?: ClientTab;
  q?: string;
  sort?: ClientOrder;
  unassigned?: boolean;
  /** Only clients where nothing was changed for IDLE_DAYS. */
  idle?: boolean;
}

export const IDLE_DAYS = 30;

export const TABS = ["MY_CLIENTS", "ALL"] as const satisfies readonly ClientTab[];
const ORDERS = ["NAME_ASC", "NAME_DESC", "CREATED_ASC", "CREATED_DESC"] as const satisfies readonly ClientOrder[];

export function clientsSearch(search: Record<string, unknown>): ClientsSearch {
  return {
    tab: TABS.find((tab) => tab === search.tab),
    q: typeof search.q === "string" && search.q !== "" ? search.q : undefined,
    sort: ORDERS.find((order) => order === search.sort),
    unassigned: search.unassigned === true ? true : undefined,
    idle: search.idle === true ? true : undefined,
  };
}

/** The tab that an address without one means: who runs the firm looks at all, the others at their own. */
export function usualTab(role: Role | undefined): ClientTab {
  return role === "FIRM_OWNER" || role === "FIRM_ADMIN" ? "ALL" : "MY_CLIENTS";
}

/** What to ask for. `role` counts only for an address that names no tab. */
export function variablesOf({ tab, q, sort, unassigned, idle }: ClientsSearch, role: Role | undefined): ClientsQueryVariables {
  const filter = { search: q, unassigned, idleDays: idle ? IDLE_DAYS : undefined };
  return { tab: tab ?? usualTab(role), orderBy: sort ?? "NAME_ASC", filter };
}

/** The tabs to offer: those that hold a client, that are not counted yet, or that one is on. */
export function shownTabs(counts: Partial<Record<ClientTab, number>>, chosen: ClientTab): readonly ClientTab[] {
  return TABS.filter((tab) => tab === chosen || counts[tab] !== 0);
}
