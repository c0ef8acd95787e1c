import { dateOf, oneOf, textOf, tickOf } from "../app/searchParts";
import type {
  AgeingQueryVariables,
  AgeingSide,
  BalanceSheetQueryVariables,
  Comparison,
  JournalBookQueryVariables,
  LedgerCardQueryVariables,
  ProfitAndLossQueryVariables,
  RatiosQueryVariables,
  TrialBalanceQueryVariables,
} from "../gql/operations";

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

export const COMPARISONS = ["PREVIOUS_YEAR", "PREVIOUS_PERIOD"] as const satisfies readonly Comparison[];

export interface StatementSearch extends PeriodSearch {
  compare?: Comparison;
  /** Lines unfolded into their accounts, joined by points. */
  open?: string;
  zero?: true;
  /** The row that was drilled into, to come back to. */
  at?: string;
}

export function statementSearch(search: Record<string, unknown>): StatementSearch {
  return {
    ...periodSearch(search),
    compare: oneOf(COMPARISONS, search.compare),
    open: textOf(search.open),
    zero: tickOf(search.zero),
    at: textOf(search.at),
  };
}

export function balanceSheetVariables(companyId: string, { from, to, compare }: StatementSearch): BalanceSheetQueryVariables {
  return { companyId, from, to, compare: compare ?? "PREVIOUS_YEAR" };
}

export function profitAndLossVariables(companyId: string, search: StatementSearch): ProfitAndLossQueryVariables {
  return { ...balanceSheetVariables(companyId, search), includeClosings: search.closings };
}

export const SIDES = ["RECEIVABLE", "PAYABLE"] as const satisfies readonly AgeingSide[];

export interface AgeingSearch extends PeriodSearch {
  side?: AgeingSide;
  /** Third parties unfolded into their documents, joined by points. */
  open?: string;
  at?: string;
}

export function ageingSearch(search: Record<string, unknown>): AgeingSearch {
  return { ...periodSearch(search), side: oneOf(SIDES, search.side), open: textOf(search.open), at: textOf(search.at) };
}

export function ageingVariables(companyId: string, { from, to, side }: AgeingSearch): AgeingQueryVariables {
  return { companyId, from, to, side: side ?? "RECEIVABLE" };
}

export interface RatiosSearch extends PeriodSearch {
  open?: string;
  at?: string;
}

export function ratiosSearch(search: Record<string, unknown>): RatiosSearch {
  return { ...periodSearch(search), open: textOf(search.open), at: textOf(search.at) };
}

export function ratiosVariables(companyId: string, { from, to }: PeriodSearch): RatiosQueryVariables {
  return { companyId, from, to };
}

export function journalBookVariables(companyId: string, { from, to }: PeriodSearch): JournalBookQueryVariables {
  return { companyId, from, to };
}
