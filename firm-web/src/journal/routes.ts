import { startRead } from "@atrio/kit/graphql";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { clientRoute } from "../app/parents";
import { FiscalYears, JournalEntries, JournalEntryPage, LedgerAccounts, LedgerLines } from "../gql/operations";
import { closingRoutes } from "./closing/routes";
import { accountSearch, accountsSearch, entriesVariables, journalSearch, linesVariables } from "./search";
import { templateRoutes } from "./templates/routes";

export const journalRoutes = [
  ...closingRoutes,
  ...templateRoutes,
  createRoute({
    getParentRoute: () => clientRoute,
    path: "journal",
    validateSearch: journalSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps, params }) => startRead(context.network, JournalEntries, entriesVariables(params.clientId, deps)),
    component: lazyRouteComponent(() => import("./Journal"), "JournalScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "journal/accounts",
    validateSearch: accountsSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps, params }) =>
      startRead(context.network, LedgerAccounts, { companyId: params.clientId, search: deps.q }),
    component: lazyRouteComponent(() => import("./Accounts"), "AccountsScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "journal/accounts/$accountId",
    validateSearch: accountSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps, params }) => {
      startRead(context.network, LedgerLines, linesVariables(params.clientId, params.accountId, deps));
      startRead(context.network, LedgerAccounts, { companyId: params.clientId });
    },
    component: lazyRouteComponent(() => import("./Account"), "AccountScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "journal/new",
    component: lazyRouteComponent(() => import("./editor/NewEntry"), "NewEntryScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "journal/opening",
    loader: ({ context, params }) => startRead(context.network, FiscalYears, { companyId: params.clientId }),
    component: lazyRouteComponent(() => import("./editor/Opening"), "OpeningScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "journal/$entryId/edit",
    loader: ({ context, params }) => startRead(context.network, JournalEntryPage, { id: params.entryId }),
    component: lazyRouteComponent(() => import("./editor/NewEntry"), "EditEntryScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "journal/$entryId",
    loader: ({ context, params }) => startRead(context.network, JournalEntryPage, { id: params.entryId }),
    component: lazyRouteComponent(() => import("./Entry"), "EntryScreen"),
  }),
];
