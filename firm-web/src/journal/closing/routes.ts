import { startRead } from "@atrio/kit/graphql";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { clientRoute } from "../../app/parents";
import { ClosingChecks, FiscalYears, PeriodLocksPage } from "../../gql/operations";
import { closingSearch } from "./search";

export const closingRoutes = [
  createRoute({
    getParentRoute: () => clientRoute,
    path: "journal/locks",
    loader: ({ context, params }) => startRead(context.network, PeriodLocksPage, { companyId: params.clientId }),
    component: lazyRouteComponent(() => import("./Locks"), "LocksScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "journal/closing",
    validateSearch: closingSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps, params }) => {
      startRead(context.network, FiscalYears, { companyId: params.clientId });
      if (deps.year) startRead(context.network, ClosingChecks, { companyId: params.clientId, year: deps.year });
    },
    component: lazyRouteComponent(() => import("./YearEnd"), "YearEndScreen"),
  }),
];
