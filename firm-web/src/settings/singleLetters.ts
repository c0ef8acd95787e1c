const STORED = "atrio.letters";

/** Whether single letters are keys in this browser (WCAG 2.1.4 wants a way to switch them off). */
export function keysAreOn(): boolean {
  return localStorage.getItem(STORED) !== "off";
}

export function rememberKeys(on: boolean): void {
  if (on) localStorage.removeItem(STORED);
  else localStorage.setItem(STORED, "off");
}
