import type { Client } from "@atrio/kit/graphql";
import { createRouter } from "@tanstack/react-router";
import { bankRoutes } from "../bank/routes";
import { clientPageRoutes, workspaceRoutes } from "../client/routes";
import { clientsRoutes } from "../clients/routes";
import { companyRoutes } from "../company/routes";
import { contactsRoutes } from "../contacts/routes";
import { documentsRoutes } from "../documents/routes";
import { inboxRoutes } from "../inbox/routes";
import { journalRoutes } from "../journal/routes";
import { recurringRoutes } from "../recurring/routes";
import { reportsRoutes } from "../reports/routes";
import { settingsRoutes } from "../settings/routes";
import { signInRoutes } from "../sign-in/routes";
import { taxesRoutes } from "../taxes/routes";
import { CrashScreen } from "./CrashScreen";
import { clientRoute, frameRoute, rootRoute } from "./parents";

/** Table of contents of the app. An area exports its routes; screens inside a client hang under `clientRoute`. */
const inside = [
  ...workspaceRoutes,
  ...bankRoutes,
  ...inboxRoutes,
  ...documentsRoutes,
  ...recurringRoutes,
  ...journalRoutes,
  ...taxesRoutes,
  ...contactsRoutes,
  ...reportsRoutes,
  ...companyRoutes,
];
const framed = [...clientsRoutes, ...clientPageRoutes, ...settingsRoutes, clientRoute.addChildren(inside)];
const tree = rootRoute.addChildren([...signInRoutes, frameRoute.addChildren(framed)]);

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
