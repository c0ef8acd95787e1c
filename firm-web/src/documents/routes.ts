import { startRead } from "@atrio/kit/graphql";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { clientRoute } from "../app/parents";
import {
  PurchaseDocumentEdit,
  PurchaseDocumentPage,
  PurchaseDocuments,
  SalesDocumentEdit,
  SalesDocumentPage,
  SalesDocuments,
} from "../gql/operations";
import { documentsSearch, newPurchaseSearch, newSalesSearch, purchaseVariables, salesVariables } from "./search";

export const documentsRoutes = [
  createRoute({
    getParentRoute: () => clientRoute,
    path: "documents",
    validateSearch: documentsSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps, params }) =>
      deps.side === "purchases"
        ? startRead(context.network, PurchaseDocuments, purchaseVariables(params.clientId, deps))
        : startRead(context.network, SalesDocuments, salesVariables(params.clientId, deps)),
    component: lazyRouteComponent(() => import("./Documents"), "DocumentsScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "documents/sales/new",
    validateSearch: newSalesSearch,
    component: lazyRouteComponent(() => import("./editor/NewDocument"), "NewSalesScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "documents/purchases/new",
    validateSearch: newPurchaseSearch,
    component: lazyRouteComponent(() => import("./editor/NewDocument"), "NewPurchaseScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "documents/sales/$documentId",
    loader: ({ context, params }) => startRead(context.network, SalesDocumentPage, { id: params.documentId }),
    component: lazyRouteComponent(() => import("./SalesDocument"), "SalesDocumentScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "documents/purchases/$documentId",
    loader: ({ context, params }) => startRead(context.network, PurchaseDocumentPage, { id: params.documentId }),
    component: lazyRouteComponent(() => import("./PurchaseDocument"), "PurchaseDocumentScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "documents/sales/$documentId/edit",
    loader: ({ context, params }) => startRead(context.network, SalesDocumentEdit, { id: params.documentId }),
    component: lazyRouteComponent(() => import("./editor/EditDocument"), "EditSalesScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "documents/purchases/$documentId/edit",
    loader: ({ context, params }) => startRead(context.network, PurchaseDocumentEdit, { id: params.documentId }),
    component: lazyRouteComponent(() => import("./editor/EditDocument"), "EditPurchaseScreen"),
  }),
];
