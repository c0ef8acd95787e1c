import { describe, expect, it } from "vitest";
import { codesOf, isFoldable, shownRows, textOfCodes } from "./tree";

const row = (code: string, level: number, isLeaf = false) => ({ code, level, isLeaf });
const ROWS = [
  row("4", 1),
  row("43", 2),
  row("430", 3),
  row("4300", 4),
  row("43000001", 5, true),
  row("43000002", 5, true),
  row("47", 2),
  row("477", 3, true),
];
const codes = (depth: number, open: string[]) => shownRows(ROWS, depth, new Set(open)).map(({ code }) => code);

describe("the rows of a trial balance", () => {
  it("stand down to the level", () => {
    expect(codes(2, [])).toEqual(["4", "43", "47"]);
    expect(codes(5, [])).toHaveLength(ROWS.length);
  });

  it("unfold one heading at a time", () => {
    expect(codes(2, ["43"])).toEqual(["4", "43", "430", "47"]);
    expect(codes(2, ["43", "430", "4300"])).toEqual(["4", "43", "430", "4300", "43000001", "43000002", "47"]);
  });

  it("stay hidden under a folded heading", () => {
    expect(codes(2, ["4300"])).toEqual(["4", "43", "47"]);
  });

  it("fold only where something is hidden below", () => {
    expect(isFoldable(row("430", 3), 3)).toBe(true);
    expect(isFoldable(row("43", 2), 3)).toBe(false);
    expect(isFoldable(row("477", 3, true), 3)).toBe(false);
  });
});

describe("unfolded codes in the address", () => {
  it("come back as they went", () => {
    expect(codesOf(textOfCodes(new Set(["43", "400"])))).toEqual(new Set(["400", "43"]));
    expect(textOfCodes(codesOf(undefined))).toBeUndefined();
  });
});
