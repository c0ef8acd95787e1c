import { dateOf, oneOf, textOf, tickOf } from "../app/searchParts";
import type { EntryOrder, EntryState, JournalEntriesQueryVariables, LedgerLinesQueryVariables } from "../gql/operations";

export const STATES = ["DRAFT", "POSTED", "REVERSED"] as const satisfies readonly EntryState[];
const ORDERS = ["DATE_ASC", "DATE_DESC", "NUMBER_ASC", "NUMBER_DESC"] as const satisfies readonly EntryOrder[];

/** Which entries the list holds; both dates belong to the period. */
export interface JournalSearch {
  state?: EntryState;
  from?: string;
  to?: string;
  q?: string;
  sort?: EntryOrder;
}

export function journalSearch(search: Record<string, unknown>): JournalSearch {
  return {
    state: oneOf(STATES, search.state),
    from: dateOf(search.from),
    to: dateOf(search.to),
    q: textOf(search.q),
    sort: oneOf(ORDERS, search.sort),
  };
}

export function entriesVariables(companyId: string, { state, from, to, q, sort }: JournalSearch): JournalEntriesQueryVariables {
  return { companyId, orderBy: sort ?? "DATE_DESC", filter: { state, from, to, search: q } };
}

export interface AccountsSearch {
  q?: string;
  /** Only accounts whose balance is not zero. */
  used?: true;
  /** Only accounts that were put away. */
  away?: true;
}

export function accountsSearch(search: Record<string, unknown>): AccountsSearch {
  return { q: textOf(search.q), used: tickOf(search.used), away: tickOf(search.away) };
}

export interface AccountSearch {
  from?: string;
  to?: string;
}

export function accountSearch(search: Record<string, unknown>): AccountSearch {
  return { from: dateOf(search.from), to: dateOf(search.to) };
}

export function linesVariables(
  companyId: string,
  ledgerAccountId: string,
  { from, to }: AccountSearch,
): LedgerLinesQueryVariables {
  return { companyId, filter: { ledgerAccountId, from, to } };
}
