import { startRead } from "@atrio/kit/graphql";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { clientRoute } from "../app/parents";
import { BankAccounts, BankLines } from "../gql/operations";
import { bankSearch, variablesOf } from "./search";

export const bankRoutes = [
  createRoute({
    getParentRoute: () => clientRoute,
    path: "bank",
    validateSearch: bankSearch,
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps, params }) => {
      startRead(context.network, BankLines, variablesOf(params.clientId, deps));
      startRead(context.network, BankAccounts, { id: params.clientId });
    },
    component: lazyRouteComponent(() => import("./Bank"), "BankScreen"),
  }),
];
