import { startRead } from "@atrio/kit/graphql";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { clientRoute } from "../app/parents";
import { Recurrings, RecurringTemplate } from "../gql/operations";
import { recurringSearch, variablesOf } from "./search";

export const recurringRoutes = [
  createRoute({
    getParentRoute: () => clientRoute,
    path: "recurring",
    validateSearch: recurringSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps, params }) => startRead(context.network, Recurrings, variablesOf(params.clientId, deps)),
    component: lazyRouteComponent(() => import("./Recurring"), "RecurringScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "recurring/new",
    component: lazyRouteComponent(() => import("./NewTemplate"), "NewTemplateScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "recurring/$templateId",
    loader: ({ context, params }) => startRead(context.network, RecurringTemplate, { id: params.templateId }),
    component: lazyRouteComponent(() => import("./Template"), "TemplateScreen"),
  }),
];
