import { describe, expect, it } from "vitest";
import { yearSearch } from "../app/year";
import { periodOf } from "./period";

describe("periodOf", () => {
  it("tells a year that is over to its last day", () => {
    expect(periodOf(2025, 2026)).toEqual({ from: "2025-01-01", to: "2025-12-31" });
  });

  it("leaves the last day of the running year to the gateway's calendar", () => {
    expect(periodOf(2026, 2026)).toEqual({ from: "2026-01-01", to: undefined });
  });
});

describe("yearSearch", () => {
  it("takes a whole year of the address and nothing else", () => {
    expect(yearSearch({ year: 2025 })).toEqual({ year: 2025 });
    expect(yearSearch({ year: 2025.5 })).toEqual({});
    expect(yearSearch({ year: "soon", other: 1 })).toEqual({});
  });
});
