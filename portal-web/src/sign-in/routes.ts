import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { slugRoute } from "../app/parents";

export const signInRoutes = [
  createRoute({
    getParentRoute: () => slugRoute,
    path: "sign-in",
    validateSearch: (search): { next?: string } => (typeof search.next === "string" ? { next: search.next } : {}),
    component: lazyRouteComponent(() => import("./SignIn"), "SignIn"),
  }),
  createRoute({
    getParentRoute: () => slugRoute,
    path: "password",
    component: lazyRouteComponent(() => import("./ChoosePassword"), "ChoosePassword"),
  }),
  createRoute({
    getParentRoute: () => slugRoute,
    path: "forgotten",
    component: lazyRouteComponent(() => import("./Forgotten"), "Forgotten"),
  }),
];
