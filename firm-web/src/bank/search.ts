import { oneOf, textOf, tickOf } from "../app/searchParts";
import type { BankLineOrder, BankLinesQueryVariables } from "../gql/operations";

export const SHOWN = ["in", "out", "none"] as const;
const ORDERS = ["DATE_ASC", "DATE_DESC", "AMOUNT_ASC", "AMOUNT_DESC"] as const satisfies readonly BankLineOrder[];

/** Which lines the list holds, kept in the address; what is not said is the usual. */
export interface BankSearch {
  account?: string;
  /** Money in, money out, or lines nothing was proposed for. */
  show?: (typeof SHOWN)[number];
  q?: string;
  /** Only lines with something left to match. */
  open?: true;
  sort?: BankLineOrder;
}

export function bankSearch(search: Record<string, unknown>): BankSearch {
  return {
    account: textOf(search.account),
    show: oneOf(SHOWN, search.show),
    q: textOf(search.q),
    open: tickOf(search.open),
    sort: oneOf(ORDERS, search.sort),
  };
}

export function variablesOf(companyId: string, { account, show, q, open, sort }: BankSearch): BankLinesQueryVariables {
  return {
    companyId,
    orderBy: sort ?? "DATE_DESC",
    filter: {
      bankAccountId: account,
      direction: show === "in" ? "IN" : show === "out" ? "OUT" : undefined,
      state: show === "none" ? "NEW" : undefined,
      unreconciled: open,
      search: q,
    },
  };
}
