import { fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import { WordsProvider } from "../words/WordsProvider";
import { DateInput, Field } from "./Field";

function Dated({ onSend }: { onSend: (day: string | null) => void }) {
  const [day, setDay] = useState<string | null>("2026-11-21");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSend(day);
      }}
    >
      <DateInput aria-label="Day" value={day} onChange={setDay} />
    </form>
  );
}

it("tells a date before Enter sends the form", () => {
  const onSend = vi.fn();
  render(<Dated onSend={onSend} />, { wrapper: WordsProvider });
  const field = screen.getByLabelText("Day");

  fireEvent.change(field, { target: { value: "30/11/2026" } });
  fireEvent.keyDown(field, { key: "Enter" });
  fireEvent.submit(field);

  expect(onSend).toHaveBeenCalledWith("2026-11-30");
});

it("tells what was typed once, with Enter or on leaving", () => {
  const onChange = vi.fn();
  render(<DateInput aria-label="Day" value={null} onChange={onChange} />, { wrapper: WordsProvider });
  const field = screen.getByLabelText("Day");

  fireEvent.change(field, { target: { value: "30/11/2026" } });
  fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
  fireEvent.blur(field);
  fireEvent.focus(field);
  fireEvent.blur(field);

  expect(onChange.mock.calls).toEqual([["2026-11-30"]]);
});

it("says of a day that does not exist that it does not, instead of that it is missing", () => {
  const onChange = vi.fn();
  render(
    <Field label="Day" error="This is missing.">
      {(ids) => <DateInput {...ids} value={null} onChange={onChange} />}
    </Field>,
    { wrapper: WordsProvider },
  );
  const field = screen.getByLabelText("Day");

  fireEvent.change(field, { target: { value: "32/13/2026" } });
  fireEvent.blur(field);
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(screen.queryByText("This is missing.")).toBeNull();
  expect(document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent).toBe("There is no such day.");

  fireEvent.change(field, { target: { value: "31/12/2026" } });
  fireEvent.blur(field);
  expect(screen.queryByText("There is no such day.")).toBeNull();
  expect(onChange).toHaveBeenLastCalledWith("2026-12-31");
});
