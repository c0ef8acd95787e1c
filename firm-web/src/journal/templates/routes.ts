import { startRead } from "@atrio/kit/graphql";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { clientRoute } from "../../app/parents";
import { textOf } from "../../app/searchParts";
import { EntryTemplates } from "../../gql/operations";

export const templateRoutes = [
  createRoute({
    getParentRoute: () => clientRoute,
    path: "journal/templates",
    validateSearch: ({ use }: Record<string, unknown>): { use?: string } => ({ use: textOf(use) }),
    loader: ({ context, params }) => startRead(context.network, EntryTemplates, { companyId: params.clientId }),
    component: lazyRouteComponent(() => import("./Templates"), "TemplatesScreen"),
  }),
];
