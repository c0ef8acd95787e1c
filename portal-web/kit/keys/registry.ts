/**
 * One place that knows every act of the present screen and the key that does it.
 *
 * Screens add commands while they stand; the palette lists them, `?` explains them, and the one
 * listener here runs them. It alone decides whether a person types, so no screen loses an arrow key.
 * The latest command wins a key. Letters are read from `event.key`, so layouts do not matter.
 */
export interface Command {
  /** "j", "Shift+A", "Ctrl+K", "g c", "Alt+Shift+ArrowUp", "?"; several with a space are a sequence. */
  keys?: string;
  /** What it does, translated. */
  label: string;
  /** Heading in the overlay and the palette, translated. */
  group?: string;
  run: (event?: KeyboardEvent) => void;
  /** Runs even while a field has focus (Ctrl+Enter in a form). Never for single letters. */
  whileTyping?: boolean;
}

const SEQUENCE_MS = 1200;

let layers: readonly (readonly Command[])[] = [];
let listeners: readonly (() => void)[] = [];
let holds = 0;
let singleLetters = true;
let pending: { steps: string; at: number } | undefined;

function changed(): void {
  for (const listener of listeners) listener();
}

/** Adds commands until the returned function is called. */
export function addCommands(commands: readonly Command[]): () => void {
  layers = [...layers, commands];
  changed();
  return () => {
    layers = layers.filter((layer) => layer !== commands);
    changed();
  };
}

/** Every command layer, oldest first; the same array until something changes. */
export function commandLayers(): readonly (readonly Command[])[] {
  return layers;
}

export function subscribeCommands(listener: () => void): () => void {
  listeners = [...listeners, listener];
  return () => {
    listeners = listeners.filter((other) => other !== listener);
  };
}

/** Silences all keys while a dialog, menu or list of choices is open. Returns the release. */
export function holdKeys(): () => void {
  holds += 1;
  let released = false;
  return () => {
    if (!released) holds -= 1;
    released = true;
  };
}

/** A person may switch single-letter keys off (WCAG 2.1.4). */
export function setSingleLetters(on: boolean): void {
  singleLetters = on;
}

/** "Shift+A" and "shift+a" are one; in Ctrl and Alt chords the letter's case says nothing. */
export function canonical(step: string): string {
  const parts = step === "+" ? ["+"] : step.endsWith("++") ? [...step.slice(0, -2).split("+"), "+"] : step.split("+");
  const key = parts.pop() as string;
  return [...parts.map((part) => part.toLowerCase()).sort(), key.toLowerCase()].join("+");
}

function stepOf(event: KeyboardEvent): string {
  const named = event.key.length > 1;
  const letter = !named && event.key.toLowerCase() !== event.key.toUpperCase();
  const parts: string[] = [];
  if (event.altKey) parts.push("alt");
  if (event.ctrlKey || event.metaKey) parts.push("ctrl");
  // A sign such as "?" may need Shift on one keyboard and not on another; only the sign counts.
  if (event.shiftKey && (named || letter)) parts.push("shift");
  return [...parts, event.key.toLowerCase()].join("+");
}

/** Whether keys belong to the focused element: it takes text. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.tagName === "TEXTAREA" || target.tagName === "SELECT") return true;
  const type = (target as HTMLInputElement).type;
  return target.tagName === "INPUT" && !["checkbox", "radio", "button", "submit", "range"].includes(type);
}

/** Enter and Space on a focused control are its own; chords with them are not. */
function controlsOwn(event: KeyboardEvent): boolean {
  const own = (event.key === "Enter" || event.key === " ") && !event.ctrlKey && !event.metaKey;
  return own && event.target instanceof Element && event.target.closest("a, button, summary, input") !== null;
}

function find(steps: string, typing: boolean): Command | undefined {
  for (const layer of [...layers].reverse()) {
    for (const command of layer) {
      if (command.keys?.split(" ").map(canonical).join(" ") === steps && (!typing || command.whileTyping)) return command;
    }
  }
  return undefined;
}

function startsSequence(step: string): boolean {
  return layers.some((layer) =>
    layer.some(({ keys }) => keys?.includes(" ") && canonical(keys.split(" ")[0] as string) === step),
  );
}

/** Runs the command of a key press, if the moment allows. Attached to the document by `listenToKeys`. */
export function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || holds > 0) return;
  if ((event.ctrlKey && event.altKey) || event.getModifierState?.("AltGraph")) return;
  const step = stepOf(event);
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const typing = takesText(event.target) && (plain || step === "ctrl+z");
  if (controlsOwn(event) || (plain && event.key.length === 1 && !singleLetters)) return;
  const begun = pending && event.timeStamp - pending.at < SEQUENCE_MS && !typing ? pending.steps : undefined;
  pending = undefined;
  const command = (begun && find(`${begun} ${step}`, typing)) || find(step, typing);
  if (command) {
    event.preventDefault();
    command.run(event);
  } else if (!typing && plain && startsSequence(step)) {
    pending = { steps: step, at: event.timeStamp };
  }
}

export function listenToKeys(): () => void {
  document.addEventListener("keydown", handleKey);
  return () => document.removeEventListener("keydown", handleKey);
}
