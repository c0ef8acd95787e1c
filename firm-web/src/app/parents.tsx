import { type Client, startRead } from "@atrio/kit/graphql";
import { NotFound } from "@atrio/kit/ui";
import { createRootRouteWithContext, createRoute, Outlet } from "@tanstack/react-router";
import { ClientFrame, Viewer } from "../gql/operations";
import { CrashScreen } from "./CrashScreen";
import { Frame } from "./Frame";

interface RouterContext {
  network: Client;
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: CrashScreen,
});

/** Parent of every screen that needs a signed-in viewer. */
export const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "frame",
  component: Frame,
  loader: ({ context }) => startRead(context.network, Viewer, {}),
  notFoundComponent: () => <NotFound />,
});

/** Parent of every screen inside one client's workspace: the address says whose books are open. */
export const clientRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/c/$clientId",
  component: Outlet,
  loader: ({ context, params }) => startRead(context.network, ClientFrame, { id: params.clientId }),
  notFoundComponent: () => <NotFound />,
});

/** Outside of the frame the page needs a landmark of its own. */
function NotFoundPage() {
  return (
    <main id="main">
      <NotFound />
    </main>
  );
}
