import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../app/parents";
import { yearSearch } from "../app/year";

// Nothing is asked before the frame knows which contact reads: the statement is found by the contact's id.
export const statementRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: "statement",
    validateSearch: yearSearch,
    component: lazyRouteComponent(() => import("./Statement"), "Statement"),
  }),
];
