import { oneOf, textOf } from "../app/searchParts";
import type { RecurringOrder, RecurringState, RecurringsQueryVariables } from "../gql/operations";

export const STATES = ["ACTIVE", "PAUSED", "ENDED"] as const satisfies readonly RecurringState[];
const ORDERS = ["NEXT", "NAME", "BASE", "STATE"].flatMap((key) => [`${key}_ASC`, `${key}_DESC`]) as readonly RecurringOrder[];

/** Which templates the list holds. */
export interface RecurringSearch {
  state?: RecurringState;
  q?: string;
  sort?: RecurringOrder;
}

export function recurringSearch(search: Record<string, unknown>): RecurringSearch {
  return { state: oneOf(STATES, search.state), q: textOf(search.q), sort: oneOf(ORDERS, search.sort) };
}

export function variablesOf(companyId: string, { state, q, sort }: RecurringSearch): RecurringsQueryVariables {
  return { companyId, orderBy: sort ?? "NEXT_ASC", filter: { state, search: q } };
}
