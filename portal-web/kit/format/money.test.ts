import { describe, expect, it } from "vitest";
import { formatMoney, formatPercent, fromMinor, parseAmount, subtractMoney, sumMoney, toMinor } from "./money";

/** Intl writes hard spaces and a true minus in some languages. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ").replace("\u2212", "-");

describe("formatMoney", () => {
  it("groups four digits in every language", () => {
    expect(formatMoney("1234.50", "es")).toBe("1.234,50");
    expect(formatMoney("1234.50", "ca")).toBe("1.234,50");
    expect(formatMoney("1234.50", "en")).toBe("1,234.50");
    expect(plain(formatMoney("1234.50", "sv"))).toBe("1 234,50");
  });

  it("keeps every digit of an amount no float could hold", () => {
    expect(formatMoney("90071992547409931.07", "es")).toBe("90.071.992.547.409.931,07");
  });

  it("writes negatives with a minus, and zero without one", () => {
    expect(plain(formatMoney("-187.34", "ca"))).toBe("-187,34");
    expect(formatMoney("-0.00", "es")).toBe("0,00");
  });

  it("prints the symbol only when asked", () => {
    expect(plain(formatMoney("4210.00", "es", "EUR"))).toBe("4.210,00 €");
    expect(plain(formatMoney("4210.00", "sv", "SEK"))).toBe("4 210,00 kr");
  });

  it("prints rates as percent of a hundred", () => {
    expect(plain(formatPercent("21.00", "sv"))).toBe("21 %");
  });
});

describe("amounts in minor units", () => {
  it("adds and subtracts exactly", () => {
    expect(sumMoney(["0.10", "0.20", "-0.30"])).toBe("0.00");
    expect(subtractMoney("48210.17", "45001.02")).toBe("3209.15");
  });

  it("refuses text that is no amount and decimals that would be lost", () => {
    expect(() => toMinor("12,50")).toThrow(RangeError);
    expect(() => toMinor("0.005")).toThrow(RangeError);
    expect(fromMinor(-5n)).toBe("-0.05");
  });
});

describe("parseAmount", () => {
  it.each([
    ["1.234,50", "es", "1234.50"],
    ["1,234.50", "es", "1234.50"],
    ["1234,5", "sv", "1234.50"],
    ["1\u00a0234,50 kr", "sv", "1234.50"],
    ["\u2212187,34", "sv", "-187.34"],
    ["1.234.567", "es", "1234567.00"],
    ["1.234", "es", "1234.00"],
    ["1,234", "en", "1234.00"],
    [",5", "es", "0.50"],
    ["007", "en", "7.00"],
    ["0.999.999.999.999,99", "es", "999999999999.99"],
    ["-0", "en", "0.00"],
  ] as const)("reads %s in %s as %s", (text, locale, value) => {
    expect(parseAmount(text, locale)).toBe(value);
  });

  it.each([
    ["", "es"],
    ["abc", "es"],
    ["1,234", "es"],
    ["1.23.456", "es"],
    ["1,2,3", "en"],
    ["12.345,678", "es"],
    ["1.000.000.000.000", "es"],
  ] as const)("refuses %j in %s", (text, locale) => {
    expect(parseAmount(text, locale)).toBeNull();
  });
});
