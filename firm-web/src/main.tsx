import "@fontsource-variable/inter/wght.css";
import "@atrio/kit/ui/page.css";
import "./app/app.css";
import { createNetwork, NetworkProvider, setSurface, whenSignedOut } from "@atrio/kit/graphql";
import { listenToKeys } from "@atrio/kit/keys";
import { browserLocale, speak, WordsProvider } from "@atrio/kit/words";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { loadCatalog } from "./app/catalog";
import { createAppRouter } from "./app/routes";

setSurface("firm");
listenToKeys();
const network = createNetwork();
const router = createAppRouter(network);
whenSignedOut(() => {
  if (router.state.location.pathname === "/sign-in") return;
  void router.navigate({ to: "/sign-in", search: { next: router.state.location.href }, replace: true });
});

async function start(): Promise<void> {
  // Data of the first screen is on its way before the words are here.
  const words = speak(browserLocale(), loadCatalog);
  void router.load();
  await words;
  createRoot(document.getElementById("root") as HTMLElement).render(
    <StrictMode>
      <WordsProvider>
        <NetworkProvider value={network}>
          <RouterProvider router={router} />
        </NetworkProvider>
      </WordsProvider>
    </StrictMode>,
  );
}

void start();
