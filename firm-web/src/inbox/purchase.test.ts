import { describe, expect, it } from "vitest";
import { balancingPrice, lineBase, missingIn, newLine, newPurchase, nextFile, type Purchase, totalsOf } from "./purchase";

const line = (unitPrice: string | null, taxRate = "21", quantity: string | null = "1.00") => ({
  ...newLine(),
  description: "Energy",
  unitPrice,
  taxRate,
  quantity,
});
const purchase = (part: Partial<Purchase>): Purchase => ({ ...newPurchase(), ...part });

describe("totals", () => {
  it("round tax once per rate, on the sum of its bases", () => {
    const { base, tax, total, taxes } = totalsOf(purchase({ lines: [line("10.03"), line("10.03"), line("5.00", "4")] }));
    expect(taxes).toEqual([
      { rate: "21", base: "20.06", quota: "4.21" },
      { rate: "4", base: "5.00", quota: "0.20" },
    ]);
    expect({ base, tax, total }).toEqual({ base: "25.06", tax: "4.41", total: "29.47" });
  });

  it("withhold from the base and compare with the paper", () => {
    const totals = totalsOf(purchase({ lines: [line("1000.00")], withholdingRate: "15", paperTotal: "1060.00" }));
    expect(totals).toMatchObject({ withholding: "150.00", total: "1060.00", difference: "0.00" });
  });

  it("count a line that is not understood as nothing", () => {
    expect(totalsOf(purchase({ lines: [line(null), line("2.00", "0")] })).total).toBe("2.00");
  });

  it("round half a cent away from zero, also for credits", () => {
    expect(lineBase(line("0.05", "21", "0.50"))).toBe(3n);
    expect(lineBase(line("-0.05", "21", "0.50"))).toBe(-3n);
  });
});

describe("balancingPrice", () => {
  it("finds the price before tax that makes the last line take the rest", () => {
    expect(balancingPrice(purchase({ lines: [line("100.00"), line(null)], paperTotal: "308.34" }))).toBe("154.83");
  });

  it("knows the quantity and the withholding", () => {
    const made = purchase({ lines: [line(null, "21", "4.00")], withholdingRate: "15", paperTotal: "1060.00" });
    expect(balancingPrice(made)).toBe("250.00");
  });

  it("does not promise what no price can do", () => {
    expect(balancingPrice(purchase({ lines: [line(null, "21", "0.00")], paperTotal: "10.00" }))).toBeNull();
    expect(balancingPrice(purchase({ lines: [line(null)] }))).toBeNull();
    expect(balancingPrice(purchase({ lines: [line(null, "21", "1000.00")], paperTotal: "10.01" }))).toBeNull();
  });
});

describe("missingIn", () => {
  it("names every empty field in reading order", () => {
    expect(missingIn(newPurchase())).toEqual(["supplier", "number", "issuedOn", "lines"]);
  });

  it("is content with a known or a new supplier", () => {
    const full = { number: "A/1", issuedOn: "2026-11-02", lines: [line("10.00")] };
    expect(missingIn(purchase({ ...full, supplierId: "k1" }))).toEqual([]);
    expect(missingIn(purchase({ ...full, supplierName: "Endesa" }))).toEqual([]);
  });

  it("does not let a total pass that the lines do not add up to", () => {
    const full = { supplierId: "k1", number: "A/1", issuedOn: "2026-11-02", lines: [line("10.00")] };
    expect(missingIn(purchase({ ...full, paperTotal: "12.11" }))).toEqual(["total"]);
    expect(missingIn(purchase({ ...full, paperTotal: "12.10" }))).toEqual([]);
  });
});

it("opens the paper after the present one, then those before it", () => {
  const queue = [{ id: "a" }, { id: "b" }, { id: "c" }];
  expect(nextFile(queue, "b")).toBe("c");
  expect(nextFile(queue, "c")).toBe("a");
  expect(nextFile(queue, "elsewhere")).toBe("a");
  expect(nextFile([{ id: "b" }], "b")).toBeUndefined();
});
