import { sayDone } from "@atrio/kit/ui";
import { useState } from "react";
import { type BatchAnswer, type BatchItem, type BatchResult, resultsOf } from "./batch";

/** An act on many rows at once. */
export interface BatchAct {
  /** Asks the gateway once for all. `failed` says why there is no answer. */
  ask: (ids: string[]) => Promise<{ answer?: BatchAnswer | null; failed?: string }>;
  /** What is said when every row was done: "3 documents approved." */
  said: (count: number) => string;
  /** Takes back the rows that were done; rejects when it cannot. With it the toast offers Undo. */
  undo?: (ids: string[]) => Promise<void>;
}

/**
 * Runs acts on many rows; when a row is refused or was left out beforehand, `results` tells of each. `onDone`
 * follows as soon as one row was done.
 */
export function useBatch(onDone: () => void) {
  const [busy, setBusy] = useState(false);
  const [results, setResults] = useState<readonly BatchResult[]>();
  const run = async (act: BatchAct, items: readonly BatchItem[], leftOut: readonly BatchResult[] = []) => {
    if (busy) return;
    if (items.length === 0) return setResults(leftOut.length > 0 ? leftOut : undefined);
    setBusy(true);
    const { answer, failed } = await act.ask(items.map(({ id }) => id));
    setBusy(false);
    const told = resultsOf(items, answer, failed);
    const done = told.filter(({ refused }) => refused === undefined).map(({ id }) => id);
    if (done.length < told.length || leftOut.length > 0) setResults([...told, ...leftOut]);
    if (done.length === 0) return;
    const { undo } = act;
    sayDone({ text: act.said(done.length), undo: undo && (() => undo(done)) });
    onDone();
  };
  return { run, busy, results, dismiss: () => setResults(undefined) };
}
