import { expect, it } from "vitest";
// biome-ignore lint/style/noRestrictedImports: no other area, but what the gateway wrote for this test.
import written from "../../../../tests/snapshots/document_totals.json";
import type { TaxNature, TaxSide, VatRegime } from "../../gql/operations";
import { totalsOf } from "./totals";

/**
 * Documents of every regime with the gateway's own figures: tests/services/documents/test_totals_table.py writes
 * them and finds them out of date when a rule changes.
 */
interface Table {
  /** Side, regime, nature, VAT and surcharge in per cent, by code. */
  rules: Record<string, [TaxSide, VatRegime, TaxNature, string, string]>;
  /** Whether prices include VAT, withholding rate, lines typed; then bases, VAT per code, and the sums. */
  cases: [boolean, string, [string, string, string, string][], string[], [string, string, string, string][], string[]][];
}

const { rules, cases } = written as unknown as Table;

function ruleOf(code: string) {
  const rule = rules[code];
  if (!rule) throw new Error(`no rule for ${code}`);
  const [side, regime, nature, rate, surchargeRate] = rule;
  return { code, side, regime, nature, rate, surchargeRate };
}

it("counts what is typed as the gateway does", () => {
  for (const [pricesIncludeTax, withholdingRate, typed, bases, taxes, sums] of cases) {
    const lines = typed.map(([code, quantity, unitPrice, discountPercent]) => ({
      quantity,
      unitPrice,
      discountPercent,
      tax: ruleOf(code),
    }));
    const found = totalsOf(lines, { withholdingRate, pricesIncludeTax });
    expect([
      found.lineBases,
      found.taxes.map(({ tax, base, quota, surcharge }) => [tax.code, base, quota, surcharge]),
      [found.base, found.tax, found.surcharge, found.withholding, found.outlays, found.total],
    ]).toEqual([bases, taxes, sums]);
  }
  expect(cases.length).toBeGreaterThan(500);
});
