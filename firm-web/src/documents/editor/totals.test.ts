import { describe, expect, it } from "vitest";
import { type LineAmounts, type TaxRule, totalsOf } from "./totals";

const rule = (code: string, rate: string, part: Partial<TaxRule> = {}): TaxRule => ({
  code,
  side: "SALES",
  regime: "DOMESTIC",
  rate,
  surchargeRate: "0",
  ...part,
});
const S21 = rule("S21", "21.00");
const S10 = rule("S10", "10.00");
const S4 = rule("S4", "4.00");
const S21R52 = rule("S21R52", "21.00", { regime: "EQUIVALENCE_SURCHARGE", surchargeRate: "5.20" });
const P_IC_GOODS21 = rule("P_IC_GOODS21", "21.00", { side: "PURCHASES", regime: "INTRA_EU" });
const P_IMPORT21 = rule("P_IMPORT21", "21.00", { side: "PURCHASES", regime: "EXPORT" });

const line = (unitPrice: string | null, tax: TaxRule | null = S21, part: Partial<LineAmounts> = {}): LineAmounts => ({
  quantity: "1",
  unitPrice,
  discountPercent: null,
  tax,
  ...part,
});
const totals = (lines: readonly LineAmounts[], withholdingRate = "0", pricesIncludeTax = false) =>
  totalsOf(lines, { withholdingRate, pricesIncludeTax });

describe("the worked figures of the posting rules", () => {
  it("sale with three rates", () => {
    const found = totals([line("100.00", S4), line("1000.00"), line("200.00", S10)]);
    expect(found).toMatchObject({ base: "1300.00", tax: "234.00", total: "1534.00" });
    expect(found.taxes.map(({ tax, quota }) => [tax.code, quota])).toEqual([
      ["S21", "210.00"],
      ["S10", "20.00"],
      ["S4", "4.00"],
    ]);
  });

  it("sale to a retailer under equivalence surcharge", () => {
    expect(totals([line("1000.00", S21R52)])).toMatchObject({ tax: "210.00", surcharge: "52.00", total: "1262.00" });
  });

  it("a professional's own invoice with withholding", () => {
    expect(totals([line("1000.00")], "15")).toMatchObject({ withholding: "150.00", total: "1060.00" });
  });

  it("intra-EU purchase: the buyer assesses the VAT and does not pay it", () => {
    const found = totals([line("500.00", P_IC_GOODS21)]);
    expect(found).toMatchObject({ base: "500.00", tax: "0.00", total: "500.00" });
    expect(found.taxes[0]).toMatchObject({ quota: "105.00", charged: false });
  });

  it("import: the VAT stands on the agent's invoice", () => {
    expect(totals([line("500.00", P_IMPORT21)]).total).toBe("605.00");
  });

  it("credit note", () => {
    expect(totals([line("100.00", S21, { quantity: "-1" })])).toMatchObject({ base: "-100.00", tax: "-21.00", total: "-121.00" });
  });
});

describe("rounding", () => {
  it("takes VAT once on the sum of bases: ten lines of 0.35 owe 0.74, not 0.70", () => {
    expect(totals(Array.from({ length: 10 }, () => line("0.35"))).tax).toBe("0.74");
  });

  it("takes half cents away from zero, on both sides of it", () => {
    expect(totals([line("2.675", S21)]).base).toBe("2.68");
    expect(totals([line("2.675", S21, { quantity: "-1" })]).base).toBe("-2.68");
    expect(totals([line("0.0050", S21, { quantity: "0.9999" })]).base).toBe("0.00");
  });

  it("takes discount before it rounds", () => {
    expect(totals([line("33.33", S21, { quantity: "3", discountPercent: "12.5" })]).lineBases).toEqual(["87.49"]);
  });

  it("splits prices that include VAT once: 36.50 at 10 % is 33.18 and 3.32", () => {
    expect(totals([line("36.50", S10)], "0", true)).toMatchObject({ base: "33.18", tax: "3.32", total: "36.50" });
    const parts = totals([line("12.17", S10), line("12.17", S10), line("12.16", S10)], "0", true);
    expect(parts).toMatchObject({ base: "33.18", total: "36.50" });
    expect(parts.lineBases).toEqual(["11.06", "11.07", "11.05"]);
  });

  it("keeps every cent of a document of 500 lines and of the largest amounts", () => {
    expect(totals(Array.from({ length: 500 }, () => line("0.01"))).base).toBe("5.00");
    expect(totals([line("99999999999.9999", S21)]).base).toBe("100000000000.00");
  });
});

it("counts a line that is not understood as nothing, and one without a code without VAT", () => {
  expect(totals([line(null), line("2.00", null)])).toMatchObject({ base: "2.00", tax: "0.00", total: "2.00" });
});

it("lets the VAT stand that a supplier printed, and says what the lines give", () => {
  const found = totalsOf(
    Array.from({ length: 10 }, () => line("0.35")),
    {
      withholdingRate: "0",
      pricesIncludeTax: false,
      printedQuotas: { S21: "0.70" },
    },
  );
  expect(found).toMatchObject({ tax: "0.70", total: "4.20" });
  expect(found.taxes[0]).toMatchObject({ quota: "0.70", computed: "0.74" });
});
