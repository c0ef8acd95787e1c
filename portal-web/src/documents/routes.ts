import { startRead } from "@atrio/kit/graphql";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../app/parents";
import { rememberedRows } from "../app/rows";
import { PortalDocument, PortalDocuments, PortalDocumentTypes } from "../gql/operations";
import { documentsSearch, variablesOf } from "./search";

export const documentsRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: "documents",
    validateSearch: documentsSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps, cause }) => {
      startRead(context.network, PortalDocuments, variablesOf(deps, rememberedRows()));
      // The tabs do not change with order, search or page.
      if (cause !== "stay") startRead(context.network, PortalDocumentTypes, {});
    },
    component: lazyRouteComponent(() => import("./Documents"), "Documents"),
  }),
  createRoute({
    getParentRoute: () => frameRoute,
    path: "documents/$documentId",
    loader: ({ context, params }) => startRead(context.network, PortalDocument, { id: params.documentId }),
    component: lazyRouteComponent(() => import("./Document"), "Document"),
  }),
];
