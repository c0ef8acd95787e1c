import { describe, expect, it } from "vitest";
import { formatDate, formatRelative, parseDate, shiftDays } from "./dates";
import { matches } from "./fold";

const TODAY = "2026-11-21";

describe("formatDate", () => {
  it("writes the day first, in Swedish the year", () => {
    expect(formatDate(TODAY, "es")).toBe("21/11/2026");
    expect(formatDate(TODAY, "en")).toBe("21/11/2026");
    expect(formatDate(TODAY, "ca")).toBe("21/11/2026");
    expect(formatDate(TODAY, "sv")).toBe("2026-11-21");
  });
});

describe("parseDate", () => {
  it.each([
    ["5", "es", "2026-11-05"],
    ["0112", "es", "2026-12-01"],
    ["011225", "es", "2025-12-01"],
    ["01122025", "es", "2025-12-01"],
    ["1/2", "en", "2026-02-01"],
    ["1-2-27", "ca", "2027-02-01"],
    ["2026-02-01", "es", "2026-02-01"],
    ["1201", "sv", "2026-12-01"],
    ["251201", "sv", "2025-12-01"],
    ["12-01", "sv", "2026-12-01"],
    ["1/12", "sv", "2026-12-01"],
    ["+10", "es", "2026-12-01"],
    ["-21", "es", "2026-10-31"],
    ["h", "es", TODAY],
    ["i", "sv", TODAY],
  ] as const)("reads %s in %s as %s", (text, locale, date) => {
    expect(parseDate(text, locale, TODAY)).toBe(date);
  });

  it("refuses days the calendar does not have", () => {
    expect(parseDate("3104", "es", TODAY)).toBeNull();
    expect(parseDate("29/02/2026", "es", TODAY)).toBeNull();
    expect(parseDate("29/02/2028", "es", TODAY)).toBe("2028-02-29");
    expect(parseDate("tomorrow", "en", TODAY)).toBeNull();
  });
});

describe("other dates", () => {
  it("shifts across a change of clocks and of years", () => {
    expect(shiftDays("2026-03-29", 1)).toBe("2026-03-30");
    expect(shiftDays("2026-12-31", 1)).toBe("2027-01-01");
  });

  it("tells activity relative to now", () => {
    expect(formatRelative("2026-11-21T10:00:00Z", "en", new Date("2026-11-21T12:05:00Z"))).toBe("2 hr ago");
  });
});

describe("matches", () => {
  it("forgives accents and case, wants every word", () => {
    expect(matches("Gestió Àrids Núria", "nuria arids")).toBe(true);
    expect(matches("Gestió Àrids Núria", "nuria puig")).toBe(false);
  });
});
