import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { addCommands, type Command, commandLayers, holdKeys, subscribeCommands } from "./registry";

/**
 * Adds commands while the component stands. `run` may change on every render; a changed key, label
 * or group registers anew.
 */
export function useKeys(commands: readonly Command[], enabled = true): void {
  const latest = useRef(commands);
  latest.current = commands;
  const shape = JSON.stringify(commands.map(({ keys, label, group, whileTyping }) => [keys, label, group, whileTyping]));
  useEffect(() => {
    if (!enabled) return undefined;
    const stable = (JSON.parse(shape) as [string | null, string, string | null, boolean | null][]).map(
      ([keys, label, group, whileTyping], index): Command => ({
        keys: keys ?? undefined,
        label,
        group: group ?? undefined,
        whileTyping: whileTyping ?? undefined,
        run: (event) => latest.current[index]?.run(event),
      }),
    );
    return addCommands(stable);
  }, [shape, enabled]);
}

/** All commands of the moment, newest layer first, a shadowed key left out. */
export function useCommands(): readonly Command[] {
  const layers = useSyncExternalStore(subscribeCommands, commandLayers, commandLayers);
  return useMemo(() => {
    const seen = new Set<string>();
    return [...layers].reverse().flatMap((layer) =>
      layer.filter(({ keys, label }) => {
        const id = keys ?? label;
        if (seen.has(id)) return false;
        seen.add(id);
        return true;
      }),
    );
  }, [layers]);
}

/** Silences the registry while `open`. */
export function useHoldKeys(open: boolean): void {
  useEffect(() => (open ? holdKeys() : undefined), [open]);
}
