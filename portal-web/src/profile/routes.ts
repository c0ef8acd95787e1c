import { startRead } from "@atrio/kit/graphql";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../app/parents";
import { PortalProfile } from "../gql/operations";

export const profileRoutes = [
  createRoute({
    getParentRoute: () => frameRoute,
    path: "profile",
    loader: ({ context }) => startRead(context.network, PortalProfile, {}),
    component: lazyRouteComponent(() => import("./Profile"), "Profile"),
  }),
];
