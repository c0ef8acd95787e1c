import { startRead } from "@atrio/kit/graphql";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { clientRoute } from "../app/parents";
import { Ageing, BalanceSheet, JournalBook, LedgerCard, ProfitAndLoss, Ratios, TrialBalance } from "../gql/operations";
import {
  ageingSearch,
  ageingVariables,
  balanceSheetVariables,
  journalBookVariables,
  ledgerCardSearch,
  ledgerCardVariables,
  periodSearch,
  profitAndLossVariables,
  ratiosSearch,
  ratiosVariables,
  statementSearch,
  trialBalanceSearch,
  trialBalanceVariables,
} from "./search";

export const reportsRoutes = [
  createRoute({
    getParentRoute: () => clientRoute,
    path: "reports",
    validateSearch: periodSearch,
    component: lazyRouteComponent(() => import("./Index"), "ReportsScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "reports/trial-balance",
    validateSearch: trialBalanceSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps, params }) => startRead(context.network, TrialBalance, trialBalanceVariables(params.clientId, deps)),
    component: lazyRouteComponent(() => import("./TrialBalance"), "TrialBalanceScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "reports/ledger",
    validateSearch: ledgerCardSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps, params }) => startRead(context.network, LedgerCard, ledgerCardVariables(params.clientId, deps)),
    component: lazyRouteComponent(() => import("./LedgerCard"), "LedgerCardScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "reports/journal-book",
    validateSearch: periodSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps, params }) => startRead(context.network, JournalBook, journalBookVariables(params.clientId, deps)),
    component: lazyRouteComponent(() => import("./JournalBook"), "JournalBookScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "reports/balance-sheet",
    validateSearch: statementSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps, params }) => startRead(context.network, BalanceSheet, balanceSheetVariables(params.clientId, deps)),
    component: lazyRouteComponent(() => import("./BalanceSheet"), "BalanceSheetScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "reports/profit-and-loss",
    validateSearch: statementSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps, params }) =>
      startRead(context.network, ProfitAndLoss, profitAndLossVariables(params.clientId, deps)),
    component: lazyRouteComponent(() => import("./ProfitAndLoss"), "ProfitAndLossScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "reports/ageing",
    validateSearch: ageingSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps, params }) => startRead(context.network, Ageing, ageingVariables(params.clientId, deps)),
    component: lazyRouteComponent(() => import("./Ageing"), "AgeingScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "reports/ratios",
    validateSearch: ratiosSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps, params }) => startRead(context.network, Ratios, ratiosVariables(params.clientId, deps)),
    component: lazyRouteComponent(() => import("./Ratios"), "RatiosScreen"),
  }),
];
