import { describe, expect, it } from "vitest";
import { changed, documentsSearch, variablesOf } from "./search";

describe("documentsSearch", () => {
  it("takes what it knows and drops the rest", () => {
    const known = { type: "ESTIMATE", q: "door", sort: "TOTAL_ASC", read: "UNREAD", after: "k25", page: 2 };
    expect(documentsSearch({ ...known, other: 1 })).toEqual(known);
    expect(documentsSearch({ type: "INVOICE", q: "", sort: "TOTAL", read: "ALL", after: "", page: 0 })).toEqual({});
  });

  it("reads a number as text: the router parses q=2026", () => {
    expect(documentsSearch({ q: 2026 }).q).toBe("2026");
  });

  it("takes a page only with its cursor", () => {
    expect(documentsSearch({ page: 3 })).toEqual({});
    expect(documentsSearch({ after: "k25" })).toEqual({});
    expect(documentsSearch({ after: "k25", page: 1.5 })).toEqual({});
  });
});

describe("variablesOf", () => {
  it("asks for the newest first in pages of the rows set", () => {
    expect(variablesOf({}, 50)).toEqual({
      filter: { type: undefined, search: undefined, read: undefined },
      orderBy: "ISSUED_DESC",
      first: 50,
      after: undefined,
    });
  });
});

describe("changed", () => {
  it("goes back to the first page, whose cursor belongs to another list", () => {
    const now = { type: "ESTIMATE", after: "k25", page: 2 } as const;
    expect(changed(now, { q: "door" })).toEqual({ type: "ESTIMATE", q: "door", after: undefined, page: undefined });
  });
});
