import { createNetwork, NetworkProvider } from "@atrio/kit/graphql";
import { undoDone, useUndoHistory } from "@atrio/kit/ui";
import { WordsProvider } from "@atrio/kit/words";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it, vi } from "vitest";
import type { Line } from "./lines";
import { useDecisions } from "./useDecisions";

const LINE = { id: "l1", state: "PROPOSED", amount: "-100.00", settledAmount: "0.00" } as Line;
const TARGETS = [{ documentId: "d1", amount: "100.00" }];

/** Answers at the border to the network, which is not ours. */
function answer(reconcile: object) {
  const body = JSON.stringify({ data: { reconcile: { __typename: "ReconcilePayload", ...reconcile } } });
  const headers = { "content-type": "application/graphql-response+json" };
  vi.stubGlobal("fetch", async () => new Response(body, { headers }));
}

function screen() {
  const network = createNetwork();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <WordsProvider>
      <NetworkProvider value={network}>{children}</NetworkProvider>
    </WordsProvider>
  );
  return renderHook(() => ({ ...useDecisions(), history: useUndoHistory() }), { wrapper }).result;
}

it("keeps a saved decision in the undo history and drops a refused one", async () => {
  const shown = screen();
  const state = () => shown.current.decisions.get(LINE.id)?.state;

  answer({ line: null, undoToken: null, refusals: [{ code: "PERIOD_LOCKED", path: [], message: "November is locked." }] });
  act(() => shown.current.match(LINE, { targets: TARGETS }, "F26-00412"));
  expect(shown.current.history.map(({ text }) => text)).toEqual(["Matched with F26-00412"]);
  await waitFor(() => expect(state()).toBe("refused"));
  expect(shown.current.history).toEqual([]);
  expect(await undoDone()).toBe(false);

  answer({ line: null, undoToken: "t1", refusals: [] });
  act(() => shown.current.match(LINE, { targets: TARGETS }, "F26-00413"));
  await waitFor(() => expect(state()).toBe("saved"));
  expect(shown.current.history.map(({ text }) => text)).toEqual(["Matched with F26-00413"]);
});
