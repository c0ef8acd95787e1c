import { localDate } from "@atrio/kit/format";
import { startRead } from "@atrio/kit/graphql";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../app/parents";
import { PortalHome } from "../gql/operations";

export const homeRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: "/",
    validateSearch: (search): { year?: number } => (Number.isInteger(search.year) ? { year: search.year as number } : {}),
    loaderDeps: ({ search }) => search,
    loader: ({ context, deps }) => startRead(context.network, PortalHome, { year: deps.year ?? thisYear() }),
    component: lazyRouteComponent(() => import("./Home"), "Home"),
  }),
];

/** By the contact's own calendar. */
export function thisYear(): number {
  return Number(localDate().slice(0, 4));
}
