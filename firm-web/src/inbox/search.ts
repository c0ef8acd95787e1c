import { oneOf, textOf } from "../app/searchParts";
import type { InboxFileKind, InboxFileOrder, InboxFileState, InboxFilesQueryVariables } from "../gql/operations";

export const STATES = ["TO_REVIEW", "DONE", "DISCARDED"] as const satisfies readonly InboxFileState[];
export const KINDS = ["SCAN", "FILE"] as const satisfies readonly InboxFileKind[];
const ORDERS = ["RECEIVED_ASC", "RECEIVED_DESC"] as const satisfies readonly InboxFileOrder[];

/** Which papers the list holds; without a state all of them. */
export interface InboxSearch {
  state?: InboxFileState;
  kind?: InboxFileKind;
  q?: string;
  sort?: InboxFileOrder;
}

export function inboxSearch(search: Record<string, unknown>): InboxSearch {
  return {
    state: oneOf(STATES, search.state),
    kind: oneOf(KINDS, search.kind),
    q: textOf(search.q),
    sort: oneOf(ORDERS, search.sort),
  };
}

export function variablesOf(companyId: string, { state, kind, q, sort }: InboxSearch): InboxFilesQueryVariables {
  return { companyId, orderBy: sort ?? "RECEIVED_DESC", filter: { state, kind, search: q } };
}
