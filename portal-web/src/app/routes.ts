import type { Client } from "@atrio/kit/graphql";
import { createRouter } from "@tanstack/react-router";
import { documentsRoutes } from "../documents/routes";
import { homeRoutes } from "../home/routes";
import { profileRoutes } from "../profile/routes";
import { settingsRoutes } from "../settings/routes";
import { signInRoutes } from "../sign-in/routes";
import { statementRoutes } from "../statement/routes";
import { CrashScreen } from "./CrashScreen";
import { frameRoute, rootRoute, slugRoute } from "./parents";

/** Table of contents of the portal: an area exports its routes, they hang under the frame. */
const tree = rootRoute.addChildren([
  slugRoute.addChildren([
    ...signInRoutes,
    frameRoute.addChildren([...homeRoutes, ...documentsRoutes, ...statementRoutes, ...profileRoutes, ...settingsRoutes]),
  ]),
]);

export function createAppRouter(network: Client) {
  return createRouter({
    routeTree: tree,
    basepath: "/portal",
    context: { network },
    defaultErrorComponent: CrashScreen,
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    // On a phone the screen itself scrolls, not the page.
    scrollToTopSelectors: ["#main"],
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
