import { startRead } from "@atrio/kit/graphql";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { clientRoute } from "../app/parents";
import { LedgerCard, TrialBalance } from "../gql/operations";
import { ledgerCardSearch, ledgerCardVariables, periodSearch, trialBalanceSearch, trialBalanceVariables } from "./search";

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
];
