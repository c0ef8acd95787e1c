import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../app/parents";

export const signInRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/sign-in",
    validateSearch: (search): { next?: string } => (typeof search.next === "string" ? { next: search.next } : {}),
    component: lazyRouteComponent(() => import("./SignIn"), "SignIn"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/password",
    component: lazyRouteComponent(() => import("./ChoosePassword"), "ChoosePassword"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/forgotten",
    component: lazyRouteComponent(() => import("./Forgotten"), "Forgotten"),
  }),
];
