import { startRead } from "@atrio/kit/graphql";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { clientRoute } from "../app/parents";
import { InboxFilePage, InboxFiles, NextInboxFiles } from "../gql/operations";
import { inboxSearch, variablesOf } from "./search";

export const inboxRoutes = [
  createRoute({
    getParentRoute: () => clientRoute,
    path: "inbox",
    validateSearch: inboxSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps, params }) => startRead(context.network, InboxFiles, variablesOf(params.clientId, deps)),
    component: lazyRouteComponent(() => import("./Inbox"), "InboxScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "inbox/$fileId",
    loader: ({ context, params }) => {
      startRead(context.network, InboxFilePage, { id: params.fileId });
      startRead(context.network, NextInboxFiles, { companyId: params.clientId });
    },
    component: lazyRouteComponent(() => import("./Review"), "ReviewScreen"),
  }),
];
