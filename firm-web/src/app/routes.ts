import type { Client } from "@atrio/kit/graphql";
import { learn } from "@atrio/kit/words";
import { type AnyRoute, createRouter, lazyRouteComponent, type RouteComponent } from "@tanstack/react-router";
import { auditRoutes } from "../audit/routes";
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
import { loadCatalog } from "./catalog";
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
  ...auditRoutes,
];
const framed = [...clientsRoutes, ...clientPageRoutes, ...settingsRoutes, clientRoute.addChildren(inside)];
const tree = rootRoute.addChildren([...signInRoutes, frameRoute.addChildren(framed)]);

/** The folder of an area is its name in the build's words too, so no area can be forgotten. */
const areas = import.meta.glob<Record<string, AnyRoute[]>>("../*/routes.ts", { eager: true });
for (const [path, exported] of Object.entries(areas)) {
  const area = path.split("/")[1] as string;
  for (const route of Object.values(exported).flat()) bringWords(area, route);
}

/** A screen's words arrive beside its code. */
function bringWords(area: string, route: AnyRoute): void {
  const screen: RouteComponent | undefined = route.options.component;
  if (!screen?.preload) return;
  const both = () => Promise.all([screen.preload?.(), learn(area, loadCatalog)]);
  route.update({ component: lazyRouteComponent(() => both().then(() => ({ default: screen }))) });
}

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
