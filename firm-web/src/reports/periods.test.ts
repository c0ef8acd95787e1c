import { describe, expect, it } from "vitest";
import { neighbour, spanOf, spansOf } from "./periods";

const calendar = { year: 2026, startsOn: "2026-01-01", endsOn: "2026-12-31" };
const before = { year: 2025, startsOn: "2025-01-01", endsOn: "2025-12-31" };
const school = { year: 2025, startsOn: "2025-09-01", endsOn: "2026-08-31" };
const short = { year: 2026, startsOn: "2026-10-01", endsOn: "2026-12-31" };

describe("spans of a fiscal year", () => {
  it("count quarters from its first day", () => {
    expect(spansOf(calendar, "quarter")[1]).toMatchObject({ place: 2, from: "2026-04-01", to: "2026-06-30" });
    expect(spansOf(school, "quarter")[0]).toMatchObject({ from: "2025-09-01", to: "2025-11-30" });
  });

  it("are fewer in a short year", () => {
    expect(spansOf(short, "month")).toHaveLength(3);
    expect(spansOf(short, "quarter")).toHaveLength(1);
  });

  it("end February with its own last day", () => {
    expect(spansOf({ year: 2028, startsOn: "2028-01-01", endsOn: "2028-12-31" }, "month")[1]?.to).toBe("2028-02-29");
  });
});

describe("the span of a period", () => {
  it("is found by its days", () => {
    expect(spanOf([calendar], "2026-07-01", "2026-09-30")).toMatchObject({ kind: "quarter", place: 3 });
  });

  it("is none for other days", () => {
    expect(spanOf([calendar], "2026-07-02", "2026-09-30")).toBeUndefined();
  });
});

describe("the neighbour of a span", () => {
  it("is in the year before", () => {
    const first = spansOf(calendar, "month")[0];
    expect(first && neighbour([calendar, before], first, -1)).toMatchObject({ year: 2025, place: 12 });
  });

  it("is none at the end of what is known", () => {
    const last = spansOf(calendar, "year")[0];
    expect(last && neighbour([calendar, before], last, 1)).toBeUndefined();
  });
});
