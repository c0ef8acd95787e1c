import { useEffect, useMemo, useRef, useState } from "react";
import type { Decision } from "./decisionLog";
import type { Line } from "./lines";

const WAIT_MS = 400;

/**
 * How many lines per account were decided since the accounts were counted, and a fresh count when
 * deciding pauses. Without this a saved line would be counted as open until the list is read again.
 */
export function useDecidedCounts(
  decisions: ReadonlyMap<string, Decision<Line>>,
  counted: unknown,
  reload: () => void,
): ReadonlyMap<string, number> {
  const asked = useRef<ReadonlySet<string>>(new Set());
  const [included, setIncluded] = useState<ReadonlySet<string>>(new Set());
  const saved = useMemo(() => [...decisions.values()].filter(({ state }) => state === "saved"), [decisions]);
  const marks = saved.map(({ requestKey }) => requestKey).join(" ");
  const undone = [...decisions.values()].filter(({ state }) => state === "undone").length;
  useEffect(() => {
    if (marks === "" && undone === 0) return undefined;
    const timer = setTimeout(() => {
      asked.current = new Set(marks.split(" "));
      reload();
    }, WAIT_MS);
    return () => clearTimeout(timer);
  }, [marks, undone, reload]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the arrival of a new count is what matters.
  useEffect(() => setIncluded(asked.current), [counted]);
  return useMemo(() => {
    const counts = new Map<string, number>();
    for (const { state, requestKey, before } of decisions.values()) {
      const on = state === "waiting" || state === "retrying" || (state === "saved" && !included.has(requestKey));
      if (on) counts.set(before.bankAccountId, (counts.get(before.bankAccountId) ?? 0) + 1);
    }
    return counts;
  }, [decisions, included]);
}
