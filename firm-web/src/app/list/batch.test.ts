import { expect, it } from "vitest";
import { resultsOf } from "./batch";

const ASKED = [
  { id: "a", label: "Invoice 1" },
  { id: "b", label: "Invoice 2" },
];

it("gives each row its own result", () => {
  const answer = {
    results: [
      { id: "b", refusals: [{ message: "It has no date." }] },
      { id: "a", refusals: [] },
    ],
    refusals: [],
  };
  expect(resultsOf(ASKED, answer, undefined)).toEqual([
    { id: "a", label: "Invoice 1" },
    { id: "b", label: "Invoice 2", refused: "It has no date." },
  ]);
});

it("counts nothing as done that was not answered", () => {
  expect(resultsOf(ASKED, undefined, "The server cannot be reached.").map(({ refused }) => refused)).toEqual([
    "The server cannot be reached.",
    "The server cannot be reached.",
  ]);
  const whole = { results: [], refusals: [{ message: "Too many at once." }] };
  expect(resultsOf(ASKED, whole, undefined).map(({ refused }) => refused)).toEqual(["Too many at once.", "Too many at once."]);
});
