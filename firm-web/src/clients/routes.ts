import { startRead } from "@atrio/kit/graphql";
import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { frameRoute } from "../app/parents";
import { Clients, ClientTabs } from "../gql/operations";
import { clientsSearch, variablesOf } from "./search";

export const clientsRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: "/",
    beforeLoad: () => {
      throw redirect({ to: "/clients", replace: true });
    },
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: "/clients",
    validateSearch: clientsSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps }) => {
      startRead(context.network, Clients, variablesOf(deps));
      startRead(context.network, ClientTabs, {});
    },
    component: lazyRouteComponent(() => import("./Clients"), "ClientsScreen"),
  }),
];
