/** Which app speaks. The gateway limits an operation to its surface and takes the header as proof against forged requests. */
export type Surface = "firm" | "portal";

let surface: Surface = "firm";
let onSignedOut: () => void = () => undefined;

export function setSurface(name: Surface): void {
  surface = name;
}

export function csrfHeaders(): Record<string, string> {
  return { "content-type": "application/json", "x-atrio-surface": surface };
}

/** What to do when the gateway no longer knows the viewer: go to sign-in. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

export function signedOut(): void {
  onSignedOut();
}
