import type { RefObject } from "react";

const FRAMES_MAX = 30;

/** Moves to the first field that is marked as wrong. What was just told to React may stand some frames later. */
export function focusWrong(form: RefObject<HTMLElement | null>, frames = FRAMES_MAX): void {
  requestAnimationFrame(() => {
    const wrong = form.current?.querySelector<HTMLElement>("[aria-invalid=true]");
    if (wrong) wrong.focus();
    else if (frames > 0) focusWrong(form, frames - 1);
  });
}
