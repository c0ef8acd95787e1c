import { startRead } from "@atrio/kit/graphql";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../app/parents";
import { thisYear, yearSearch } from "../app/year";
import { PortalHome } from "../gql/operations";

export const homeRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: "/",
    validateSearch: yearSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps }) => startRead(context.network, PortalHome, { year: deps.year ?? thisYear() }),
    component: lazyRouteComponent(() => import("./Home"), "Home"),
  }),
];
