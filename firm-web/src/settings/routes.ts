import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../app/parents";

export const settingsRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: "/settings",
    component: lazyRouteComponent(() => import("./Settings"), "SettingsScreen"),
  }),
];
