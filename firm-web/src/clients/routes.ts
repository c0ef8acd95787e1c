import { startRead } from "@atrio/kit/graphql";
import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { frameRoute } from "../app/parents";
import { roleOfViewer } from "../app/viewer";
import { Clients, ClientTabs, type Role } from "../gql/operations";
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
      const start = (role?: Role) => startRead(context.network, Clients, variablesOf(deps, role));
      if (deps.tab) start();
      else void roleOfViewer(context.network).then(start);
      startRead(context.network, ClientTabs, {});
    },
    component: lazyRouteComponent(() => import("./Clients"), "ClientsScreen"),
  }),
];
