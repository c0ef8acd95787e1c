import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addCommands, canonical, handleKey, holdKeys, listenToKeys, setSingleLetters } from "./registry";

let leave: (() => void)[] = [];

function add(keys: string, whileTyping?: boolean) {
  const run = vi.fn();
  leave.push(addCommands([{ keys, label: keys, run, whileTyping }]));
  return run;
}

function press(key: string, options: KeyboardEventInit = {}, target: Element = document.body) {
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options }));
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name): HTMLElementTagNameMap[Name] {
  const made = document.body.appendChild(document.createElement(name));
  leave.push(() => made.remove());
  return made;
}

beforeEach(() => {
  leave = [listenToKeys()];
});
afterEach(() => {
  for (const undo of leave) undo();
  setSingleLetters(true);
});

describe("a key press", () => {
  it("runs the command of its key", () => {
    const run = add("j");
    press("j");
    expect(run).toHaveBeenCalledOnce();
  });

  it("tells Shift and letter apart from the letter", () => {
    const small = add("a");
    const large = add("Shift+A");
    press("A", { shiftKey: true });
    expect(large).toHaveBeenCalledOnce();
    expect(small).not.toHaveBeenCalled();
  });

  it("reads a sign by what it is, on whatever keys it lies", () => {
    const run = add("?");
    press("?", { shiftKey: true });
    press("?");
    expect(run).toHaveBeenCalledTimes(2);
  });

  it("follows sequences", () => {
    const bank = add("g b");
    const b = add("b");
    press("g");
    press("b");
    expect(bank).toHaveBeenCalledOnce();
    expect(b).not.toHaveBeenCalled();
    press("b");
    expect(b).toHaveBeenCalledOnce();
  });

  it("gives a key to the latest command", () => {
    const before = add("/");
    const after = add("/");
    press("/");
    expect(after).toHaveBeenCalledOnce();
    expect(before).not.toHaveBeenCalled();
  });

  it("forgets a command whose screen has gone", () => {
    const run = vi.fn();
    addCommands([{ keys: "z", label: "z", run }])();
    press("z");
    expect(run).not.toHaveBeenCalled();
  });
});

describe("keys are silent", () => {
  it("while a person types, except chords and those that say so", () => {
    const letter = add("j");
    const chord = add("Ctrl+K");
    const save = add("Escape", true);
    const field = element("input");
    press("j", {}, field);
    press("k", { ctrlKey: true }, field);
    press("Escape", {}, field);
    expect(letter).not.toHaveBeenCalled();
    expect(chord).toHaveBeenCalledOnce();
    expect(save).toHaveBeenCalledOnce();
  });

  it("leave Ctrl+Z to a field", () => {
    const undo = add("Ctrl+Z");
    press("z", { ctrlKey: true }, element("textarea"));
    expect(undo).not.toHaveBeenCalled();
  });

  it("while a dialog or menu holds them", () => {
    const run = add("j");
    const release = holdKeys();
    press("j");
    release();
    release();
    expect(run).not.toHaveBeenCalled();
    press("j");
    expect(run).toHaveBeenCalledOnce();
  });

  it("when Enter belongs to a focused button", () => {
    const run = add("Enter");
    press("Enter", {}, element("button"));
    expect(run).not.toHaveBeenCalled();
  });

  it("but Ctrl+Enter saves from inside a field", () => {
    const save = add("Ctrl+Enter", true);
    press("Enter", { ctrlKey: true }, element("input"));
    expect(save).toHaveBeenCalledOnce();
  });

  it("when single letters are switched off; chords stay", () => {
    setSingleLetters(false);
    const letter = add("j");
    const chord = add("Ctrl+K");
    press("j");
    press("k", { ctrlKey: true });
    expect(letter).not.toHaveBeenCalled();
    expect(chord).toHaveBeenCalledOnce();
  });

  it("when somebody else has used the press, or AltGr types a sign", () => {
    const run = add("j");
    const used = new KeyboardEvent("keydown", { key: "j", cancelable: true });
    used.preventDefault();
    handleKey(used);
    press("j", { ctrlKey: true, altKey: true });
    expect(run).not.toHaveBeenCalled();
  });
});

describe("canonical", () => {
  it("orders modifiers and keeps the plus key", () => {
    expect(canonical("Shift+Alt+ArrowUp")).toBe("alt+shift+arrowup");
    expect(canonical("+")).toBe("+");
    expect(canonical("Ctrl++")).toBe("ctrl++");
  });
});
