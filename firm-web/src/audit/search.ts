import { dateOf, oneOf, textOf } from "../app/searchParts";
import type { AuditEventsQueryVariables, AuditOrder, AuditSubject } from "../gql/operations";

export const SUBJECTS = [
  "GRANT",
  "COLLABORATION",
  "TEAM",
  "MEMBER",
  "PORTAL_ACCESS",
  "APP",
  "LOCK",
  "FISCAL_YEAR",
  "DOCUMENT",
  "ENTRY",
  "TAX_RETURN",
  "CONTACT",
  "IMPORT",
  "SETTINGS",
] as const satisfies readonly AuditSubject[];
const ORDERS = ["AT_ASC", "AT_DESC"] as const satisfies readonly AuditOrder[];

/** Which lines the log holds; both days belong to the period. */
export interface AuditSearch {
  about?: AuditSubject;
  /** Only what this member or app did. */
  who?: string;
  /** Only what happened to this document, entry, contact or member. */
  of?: string;
  from?: string;
  to?: string;
  sort?: AuditOrder;
}

export function auditSearch(search: Record<string, unknown>): AuditSearch {
  return {
    about: oneOf(SUBJECTS, search.about),
    who: textOf(search.who),
    of: textOf(search.of),
    from: dateOf(search.from),
    to: dateOf(search.to),
    sort: oneOf(ORDERS, search.sort),
  };
}

export function eventsVariables(companyId: string, { about, who, of, from, to, sort }: AuditSearch): AuditEventsQueryVariables {
  return { companyId, orderBy: sort ?? "AT_DESC", filter: { about, actorId: who, subjectId: of, from, to } };
}
