import { describe, expect, it } from "vitest";
import { span, Trail } from "./pages";

const FIRST = { after: undefined, page: undefined };

describe("Trail", () => {
  it("leads back over the pages that were walked", () => {
    const trail = new Trail();
    trail.note("list", 2, "k25");
    trail.note("list", 3, "k50");
    expect(trail.before("list", 3)).toEqual({ after: "k25", page: 2 });
    expect(trail.before("list", 2)).toEqual(FIRST);
  });

  it("leads to the first page from an address that was copied, and never into another list", () => {
    const trail = new Trail();
    trail.note("other", 2, "k25");
    expect(trail.before("list", 3)).toEqual(FIRST);
  });
});

describe("span", () => {
  it("counts rows from one, and a short last page to its end", () => {
    expect(span(1, 25, 25)).toEqual({ from: 1, to: 25 });
    expect(span(4, 25, 8)).toEqual({ from: 76, to: 83 });
  });
});
