import { startRead } from "@atrio/kit/graphql";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { clientRoute } from "../app/parents";
import { ContactCard, Contacts } from "../gql/operations";
import { contactsSearch, variablesOf } from "./search";

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
    path: "contacts/$contactId",
    loader: ({ context, params }) => startRead(context.network, ContactCard, { id: params.contactId }),
    component: lazyRouteComponent(() => import("./Contact"), "ContactScreen"),
  }),
];
