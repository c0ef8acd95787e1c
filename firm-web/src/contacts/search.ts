import { oneOf, textOf, tickOf } from "../app/searchParts";
import type { ContactOrder, ContactsQueryVariables } from "../gql/operations";

const ORDERS = ["NAME_ASC", "NAME_DESC", "CREATED_ASC", "CREATED_DESC"] as const satisfies readonly ContactOrder[];
export const KINDS = ["customer", "supplier"] as const;

/** Which contacts the list holds. */
export interface ContactsSearch {
  kind?: (typeof KINDS)[number];
  /** Only those made in the last 15 days. */
  new?: true;
  q?: string;
  sort?: ContactOrder;
}

export function contactsSearch(search: Record<string, unknown>): ContactsSearch {
  return { kind: oneOf(KINDS, search.kind), new: tickOf(search.new), q: textOf(search.q), sort: oneOf(ORDERS, search.sort) };
}

export function variablesOf(companyId: string, { kind, new: newOnly, q, sort }: ContactsSearch): ContactsQueryVariables {
  const filter = {
    newOnly,
    customer: kind === "customer" ? true : undefined,
    supplier: kind === "supplier" ? true : undefined,
    search: q,
  };
  return { companyId, orderBy: sort ?? "NAME_ASC", filter };
}
