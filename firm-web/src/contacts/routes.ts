import { startRead } from "@atrio/kit/graphql";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { clientRoute } from "../app/parents";
import { ContactCard, ContactDuplicates, Contacts } from "../gql/operations";
import { contactsSearch, importSearch, statementSearch, variablesOf } from "./search";

export const contactsRoutes = [
  createRoute({
    getParentRoute: () => clientRoute,
    path: "contacts",
    validateSearch: contactsSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps, params }) => startRead(context.network, Contacts, variablesOf(params.clientId, deps)),
    component: lazyRouteComponent(() => import("./Contacts"), "ContactsScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "contacts/duplicates",
    loader: ({ context, params }) => startRead(context.network, ContactDuplicates, { companyId: params.clientId }),
    component: lazyRouteComponent(() => import("./Duplicates"), "DuplicatesScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "contacts/import",
    validateSearch: importSearch,
    component: lazyRouteComponent(() => import("./Import"), "ImportScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "contacts/$contactId",
    loader: ({ context, params }) => startRead(context.network, ContactCard, { id: params.contactId }),
    component: lazyRouteComponent(() => import("./Contact"), "ContactScreen"),
  }),
  createRoute({
    getParentRoute: () => clientRoute,
    path: "contacts/$contactId/statement",
    validateSearch: statementSearch,
    component: lazyRouteComponent(() => import("./Statement"), "StatementScreen"),
  }),
];
