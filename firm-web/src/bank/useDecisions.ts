import { newRequestKey, useClient, useWrite } from "@atrio/kit/graphql";
import { type Done, forgetDone, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useMemo, useRef, useSyncExternalStore } from "react";
import { Reconcile, UndoMatch } from "../gql/operations";
import { type Answer, type Border, DecisionLog, type Match } from "./decisionLog";
import type { Line } from "./lines";

/** The log of this screen, tied to the network; `match` shows at once and can be taken back with U. */
export function useDecisions() {
  const i18n = useWords();
  const network = useClient();
  const [reconcile] = useWrite(Reconcile);
  const [undo] = useWrite(UndoMatch);
  const border = useRef<Border<Line>>(undefined);
  /** What the undo history says of each decision, by its request key. */
  const said = useRef(new Map<string, Done>());
  border.current = {
    newKey: newRequestKey,
    send: async ({ lineId, targets, parts = [], difference, exchangeRate, requestKey }): Promise<Answer<Line>> => {
      const input = { lineId, targets: [...targets], parts: [...parts], difference, exchangeRate, requestKey };
      const { data, failure, denials } = await reconcile({ input });
      if (failure?.offline) return { kind: "lost" };
      const message = failure?.message ?? data?.reconcile?.refusals[0]?.message ?? denials.at("reconcile")?.message;
      if (message !== undefined) {
        const done = said.current.get(requestKey);
        if (done) forgetDone(done);
        return { kind: "refused", message };
      }
      return { kind: "saved", line: data?.reconcile?.line ?? undefined, undoToken: data?.reconcile?.undoToken ?? undefined };
    },
    takeBack: async (token) => {
      const { data, failure, denials } = await undo({ token });
      const refused = failure?.message ?? data?.undo?.refusals[0]?.message ?? denials.at("undo")?.message;
      if (refused !== undefined) throw new Error(refused);
      return data?.undo?.line ?? undefined;
    },
  };
  const log = useMemo(() => {
    // Decisions of one sign-in; a new network is a new viewer.
    void network;
    const now = () => border.current as Border<Line>;
    return new DecisionLog<Line>({
      newKey: () => now().newKey(),
      send: (decision) => now().send(decision),
      takeBack: (token) => now().takeBack(token),
    });
  }, [network]);
  const decisions = useSyncExternalStore(log.subscribe, () => log.decisions);
  const match = (line: Line, what: Match, label: string) => {
    const decision = log.decide(line, what);
    if (!decision) return;
    const text = i18n.t("Matched with {label}", { label });
    said.current.set(decision.requestKey, sayDone({ text, undo: () => log.undo(line.id) }));
  };
  return { log, decisions, match };
}
