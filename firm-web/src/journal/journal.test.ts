import { describe, expect, it } from "vitest";
import { posted } from "./posting";
import { type Entry, unfolded } from "./rows";
import { entriesVariables, journalSearch } from "./search";

const entry = (id: string) => ({ id, lines: [{ id: `${id}1` }, { id: `${id}2` }] }) as Entry;

describe("unfolding", () => {
  const entries = [entry("a"), entry("b")];

  it("puts the lines under their entry", () => {
    expect(unfolded(entries, new Set(["a"])).map(({ id }) => id)).toEqual(["a", "a1", "a2", "b"]);
  });

  it("keeps the rows that did not change", () => {
    const folded = unfolded(entries, new Set());
    const open = unfolded(entries, new Set(["a"]));
    expect(open.at(-1)).toBe(folded.at(-1));
    expect(open[0]).not.toBe(folded[0]);
    expect(unfolded(entries, new Set(["a"]))[1]).toBe(open[1]);
  });
});

it("reads the period and the state from the address", () => {
  const search = journalSearch({ state: "DRAFT", from: "2026-01-01", to: "yesterday" });
  expect(search).toMatchObject({ state: "DRAFT", from: "2026-01-01", to: undefined });
  expect(entriesVariables("c1", search).filter).toMatchObject({ state: "DRAFT", from: "2026-01-01" });
});

it("counts posted entries and tells every other reason once", () => {
  const no = { refusals: [{ message: "November is locked." }] };
  expect(posted({ results: [{ refusals: [] }, no, no], refusals: [] }, undefined)).toEqual({
    count: 1,
    problems: ["November is locked."],
  });
  expect(posted(undefined, "The server cannot be reached.")).toEqual({ count: 0, problems: ["The server cannot be reached."] });
});
