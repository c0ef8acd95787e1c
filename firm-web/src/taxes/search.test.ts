import { describe, expect, it } from "vitest";
import { bookVariables, daysOf, draftSearch, lastPeriod, modelOf, periodOf } from "./search";

describe("the last period", () => {
  it("is the quarter before the one a day is in", () => {
    expect(lastPeriod("2026-11-21")).toEqual({ year: 2026, period: "3T" });
    expect(lastPeriod("2026-01-15")).toEqual({ year: 2025, period: "4T" });
    expect(lastPeriod("2026-04-01")).toEqual({ year: 2026, period: "1T" });
  });
});

describe("the days of a period", () => {
  it("end with its last month", () => {
    expect(daysOf(2026, "1T")).toEqual({ from: "2026-01-01", to: "2026-03-31" });
    expect(daysOf(2024, "02")).toEqual({ from: "2024-02-01", to: "2024-02-29" });
    expect(daysOf(2026, "0A")).toEqual({ from: "2026-01-01", to: "2026-12-31" });
  });
});

describe("an address", () => {
  it("gives a model and a period, or the usual ones", () => {
    expect(modelOf("390")).toBe("M390");
    expect(modelOf("999")).toBe("M303");
    expect(periodOf(3)).toBe("03");
    expect(periodOf("5T")).toBeUndefined();
  });

  it("keeps the nought before a box", () => {
    expect(draftSearch({ box: 7 }).box).toBe("07");
    expect(draftSearch({ box: "110" }).box).toBe("110");
  });

  it("names the book and its days", () => {
    const asked = bookVariables("c", { book: "RECEIVED", year: 2026, period: "2T", code: "P21" }, "2026-11-21");
    expect(asked.filter).toMatchObject({ book: "RECEIVED", from: "2026-04-01", to: "2026-06-30", taxCode: "P21" });
  });
});
