import type { Client } from "@atrio/kit/graphql";
import { createRouter } from "@tanstack/react-router";
import { homeRoutes } from "../home/routes";
import { signInRoutes } from "../sign-in/routes";
import { CrashScreen } from "./CrashScreen";
import { frameRoute, rootRoute, slugRoute } from "./parents";

/** Table of contents of the portal: an area exports its routes, they hang under the frame. */
const tree = rootRoute.addChildren([slugRoute.addChildren([...signInRoutes, frameRoute.addChildren([...homeRoutes])])]);

export function createAppRouter(network: Client) {
  return createRouter({
    routeTree: tree,
    basepath: "/portal",
    context: { network },
    defaultErrorComponent: CrashScreen,
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
