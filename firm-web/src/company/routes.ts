import { startRead } from "@atrio/kit/graphql";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { clientRoute } from "../app/parents";
import { CompanyPage, DocumentSettingsPage } from "../gql/operations";

export const companyRoutes = [
  createRoute({
    getParentRoute: () => clientRoute,
    path: "company",
    loader: ({ context, params }) => startRead(context.network, CompanyPage, { id: params.clientId }),
    component: lazyRouteComponent(() => import("./Company"), "CompanyScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "company/documents",
    loader: ({ context, params }) => startRead(context.network, DocumentSettingsPage, { companyId: params.clientId }),
    component: lazyRouteComponent(() => import("./DocumentSettings"), "DocumentSettingsScreen"),
  }),
];
