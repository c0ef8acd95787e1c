import { dateOf, oneOf, textOf, tickOf } from "../app/searchParts";
import type { LedgerCardQueryVariables, TrialBalanceQueryVariables } from "../gql/operations";

/** The period every report shares; without days it is the fiscal year of today. */
export interface PeriodSearch {
  from?: string;
  to?: string;
  /** Also the entries that regularise, close and open a year. */
  closings?: true;
}

export function periodSearch(search: Record<string, unknown>): PeriodSearch {
  return { from: dateOf(search.from), to: dateOf(search.to), closings: tickOf(search.closings) };
}

/** The part of another report's address that goes along to the next one. */
export function periodOf({ from, to, closings }: PeriodSearch): PeriodSearch {
  return { from, to, closings };
}

export const LEVELS = ["1", "2", "3", "4"] as const;
export type Level = (typeof LEVELS)[number];

export interface TrialBalanceSearch extends PeriodSearch {
  /** Digits that are shown unfolded; 3 where left out, every account with "all". */
  level?: Level | "all";
  /** Codes unfolded one by one, joined by points. */
  open?: string;
  /** Also accounts where every column is zero. */
  zero?: true;
  /** The row that was drilled into, to come back to. */
  at?: string;
}

export function trialBalanceSearch(search: Record<string, unknown>): TrialBalanceSearch {
  return {
    ...periodSearch(search),
    level: oneOf([...LEVELS, "all"] as const, textOf(search.level)),
    open: textOf(search.open),
    zero: tickOf(search.zero),
    at: textOf(search.at),
  };
}

export function trialBalanceVariables(companyId: string, search: PeriodSearch): TrialBalanceQueryVariables {
  return { companyId, from: search.from, to: search.to, includeClosings: search.closings };
}

export interface LedgerCardSearch extends PeriodSearch {
  /** A code or the beginning of codes. */
  account?: string;
}

export function ledgerCardSearch(search: Record<string, unknown>): LedgerCardSearch {
  return { ...periodSearch(search), account: textOf(search.account) };
}

export function ledgerCardVariables(companyId: string, search: LedgerCardSearch): LedgerCardQueryVariables {
  return {
    companyId,
    account: search.account ?? "",
    from: search.from,
    to: search.to,
    includeClosings: search.closings,
  };
}
