import { startRead } from "@atrio/kit/graphql";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { clientRoute } from "../app/parents";
import { AuditEvents } from "../gql/operations";
import { auditSearch, eventsVariables } from "./search";

export const auditRoutes = [
  createRoute({
    getParentRoute: () => clientRoute,
    path: "log",
    validateSearch: auditSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps, params }) => startRead(context.network, AuditEvents, eventsVariables(params.clientId, deps)),
    component: lazyRouteComponent(() => import("./Log"), "LogScreen"),
  }),
];
