import { dateOf, oneOf, textOf, tickOf } from "../app/searchParts";
import type { ContactOrder, ContactsQueryVariables } from "../gql/operations";

const ORDERS = ["NAME_ASC", "NAME_DESC", "CREATED_ASC", "CREATED_DESC"] as const satisfies readonly ContactOrder[];
export const KINDS = ["customer", "supplier"] as const;

/** Which contacts the list holds. */
export interface ContactsSearch {
  /** Those taken out of the book instead of those in it. */
  archived?: true;
  kind?: (typeof KINDS)[number];
  /** Only those made in the last 15 days. */
  new?: true;
  q?: string;
  sort?: ContactOrder;
  tag?: string;
}

export function contactsSearch(search: Record<string, unknown>): ContactsSearch {
  return {
    archived: tickOf(search.archived),
    kind: oneOf(KINDS, search.kind),
    new: tickOf(search.new),
    q: textOf(search.q),
    sort: oneOf(ORDERS, search.sort),
    tag: textOf(search.tag),
  };
}

export function variablesOf(
  companyId: string,
  { archived, kind, new: newOnly, q, sort, tag }: ContactsSearch,
): ContactsQueryVariables {
  const filter = {
    newOnly,
    customer: kind === "customer" ? true : undefined,
    supplier: kind === "supplier" ? true : undefined,
    search: q,
    tag,
  };
  return { companyId, archived: archived ?? false, orderBy: sort ?? "NAME_ASC", filter };
}

/** The import that is watched; without one a list is still to be chosen. */
export interface ImportSearch {
  run?: string;
}

export function importSearch(search: Record<string, unknown>): ImportSearch {
  return { run: textOf(search.run) };
}

/** Which statement of account of a contact, and of which days; the usual is this year of a customer. */
export interface StatementSearch {
  side?: "purchases";
  from?: string;
  to?: string;
}

export function statementSearch(search: Record<string, unknown>): StatementSearch {
  return {
    side: search.side === "purchases" ? "purchases" : undefined,
    from: dateOf(search.from),
    to: dateOf(search.to),
  };
}
