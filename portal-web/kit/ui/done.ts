import { useSyncExternalStore } from "react";

/** Something a person did and may take back. */
export interface Done {
  id: number;
  /** What was done, translated: "Matched F26-00412". */
  text: string;
  /** Takes it back. A rejected promise leaves the act in the history. */
  undo?: () => Promise<void> | void;
  tone?: "good" | "bad";
}

const KEPT_MAX = 50;
let history: readonly Done[] = [];
let latest: Done | undefined;
let next = 1;
let listeners: readonly (() => void)[] = [];

function changed(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners = [...listeners, listener];
  return () => {
    listeners = listeners.filter((other) => other !== listener);
  };
}

/** Says what was done; with `undo` it also enters the history that U and Ctrl+Z walk back. */
export function sayDone(done: Omit<Done, "id">): Done {
  const said = { ...done, id: next++ };
  latest = said;
  if (done.undo) history = [...history, said].slice(-KEPT_MAX);
  changed();
  return said;
}

/** Forgets an act that did not happen after all: nothing of it is left to be taken back. */
export function forgetDone({ id }: Done): void {
  history = history.filter((other) => other.id !== id);
  if (latest?.id === id) latest = undefined;
  changed();
}

/** Takes back one act, the last one unless named. Resolves to false if there was none. */
export async function undoDone(done: Done | undefined = history.at(-1)): Promise<boolean> {
  if (!done?.undo) return false;
  await done.undo();
  forgetDone(done);
  return true;
}

export function dismissToast(): void {
  latest = undefined;
  changed();
}

/** Acts that can be taken back, oldest first. */
export function useUndoHistory(): readonly Done[] {
  return useSyncExternalStore(subscribe, () => history);
}

export function useLatestDone(): Done | undefined {
  return useSyncExternalStore(subscribe, () => latest);
}
