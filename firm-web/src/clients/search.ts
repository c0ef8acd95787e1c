import type { ClientOrder, ClientsQueryVariables, ClientTab } from "../gql/operations";

/** The state of the list, kept in the address; what is not said is the usual. */
export interface ClientsSearch {
  tab?: ClientTab;
  q?: string;
  sort?: ClientOrder;
  unassigned?: boolean;
}

export const TABS = ["MY_CLIENTS", "ALL"] as const satisfies readonly ClientTab[];
const ORDERS = ["NAME_ASC", "NAME_DESC", "CREATED_ASC", "CREATED_DESC"] as const satisfies readonly ClientOrder[];

export function clientsSearch(search: Record<string, unknown>): ClientsSearch {
  return {
    tab: TABS.find((tab) => tab === search.tab),
    q: typeof search.q === "string" && search.q !== "" ? search.q : undefined,
    sort: ORDERS.find((order) => order === search.sort),
    unassigned: search.unassigned === true ? true : undefined,
  };
}

export function variablesOf({ tab, q, sort, unassigned }: ClientsSearch): ClientsQueryVariables {
  return { tab: tab ?? "MY_CLIENTS", orderBy: sort ?? "NAME_ASC", filter: { search: q, unassigned } };
}
