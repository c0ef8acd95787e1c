import { type Client, startRead } from "@atrio/kit/graphql";
import { NotFound } from "@atrio/kit/ui";
import { createRootRouteWithContext, createRoute, Outlet } from "@tanstack/react-router";
import { PublisherBranding, Viewer } from "../gql/operations";
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

/** Every address starts with the slug of the firm whose portal it is. */
export const slugRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/$slug",
  component: Outlet,
  loader: ({ context, params }) => startRead(context.network, PublisherBranding, { slug: params.slug }),
  notFoundComponent: NotFoundPage,
});

/** Parent of every screen that needs a signed-in contact. */
export const frameRoute = createRoute({
  getParentRoute: () => slugRoute,
  id: "frame",
  component: Frame,
  loader: ({ context }) => startRead(context.network, Viewer, {}),
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
