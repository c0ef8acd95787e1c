import type { Client } from "@atrio/kit/graphql";
import { createRouter } from "@tanstack/react-router";
import { clientsRoutes } from "../clients/routes";
import { signInRoutes } from "../sign-in/routes";
import { CrashScreen } from "./CrashScreen";
import { clientRoute, frameRoute, rootRoute } from "./parents";

/** Table of contents of the app. An area exports its routes; screens inside a client hang under `clientRoute`. */
const tree = rootRoute.addChildren([...signInRoutes, frameRoute.addChildren([...clientsRoutes, clientRoute.addChildren([])])]);

export function createAppRouter(network: Client) {
  return createRouter({
    routeTree: tree,
    basepath: "/firm",
    context: { network },
    defaultErrorComponent: CrashScreen,
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    scrollRestoration: false,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
