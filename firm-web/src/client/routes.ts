import { startRead } from "@atrio/kit/graphql";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { clientRoute, frameRoute } from "../app/parents";
import { ClientPage } from "../gql/operations";

/** The client seen from the portfolio. Its parameter is not called `clientId`, which would say that its books are open. */
export const clientPageRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: "/clients/$id",
    loader: ({ context, params }) => startRead(context.network, ClientPage, { id: params.id }),
    component: lazyRouteComponent(() => import("./ClientPage"), "ClientPageScreen"),
  }),
];

/** The state of the business from inside its workspace. */
export const workspaceRoutes = [
  createRoute({
    getParentRoute: () => clientRoute,
    path: "/",
    loader: ({ context, params }) => startRead(context.network, ClientPage, { id: params.clientId }),
    component: lazyRouteComponent(() => import("./Workspace"), "WorkspaceScreen"),
  }),
];
