import { useSyncExternalStore } from "react";

export type ThemeChoice = "system" | "light" | "dark";

const STORED = "atrio.theme";
let listeners: readonly (() => void)[] = [];

function present(): ThemeChoice {
  return (document.documentElement.dataset.theme as ThemeChoice | undefined) ?? "system";
}

/** Also remembered in the browser: public/before.js sets it before the first paint. */
export function setTheme(choice: ThemeChoice): void {
  if (choice === "system") {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem(STORED);
  } else {
    document.documentElement.dataset.theme = choice;
    localStorage.setItem(STORED, choice);
  }
  for (const listener of listeners) listener();
}

export function useTheme(): [ThemeChoice, (choice: ThemeChoice) => void] {
  const subscribe = (listener: () => void) => {
    listeners = [...listeners, listener];
    return () => {
      listeners = listeners.filter((other) => other !== listener);
    };
  };
  return [useSyncExternalStore(subscribe, present), setTheme];
}
