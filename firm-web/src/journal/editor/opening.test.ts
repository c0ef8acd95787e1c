import { expect, it } from "vitest";
import { type DraftLine, newLine, totalsOf } from "./draft";
import { filledLines, firstYear, opening, openingLines } from "./opening";

function balance(account: string, part: Partial<DraftLine>): DraftLine {
  return { ...newLine(), account, ...part };
}

const bank = balance("572", { debit: "12345.67" });
const stock = balance("300", { debit: "0.10" });
const capital = balance("100", { credit: "12000.00" });
const profits = balance("120", { credit: "345.77" });

it("says to the cent what the balances differ by, and on which side", () => {
  expect(totalsOf([bank, stock, capital, profits])).toEqual({
    debit: "12345.77",
    credit: "12345.77",
    difference: "0.00",
  });
  expect(totalsOf([bank, stock, capital]).difference).toBe("345.77");
  expect(totalsOf([stock, profits]).difference).toBe("-345.67");
});

it("fills in no amount that nobody typed", () => {
  const { missing, input } = opening(2026, [bank, balance("120", {})]);

  expect(missing).toEqual(["lines.1.debit"]);
  expect(input).toBeUndefined();
});

it("leaves blank rows out, but never less than two lines to fill", () => {
  expect(filledLines([bank, newLine(), capital, newLine()])).toEqual([bank, capital]);
  expect(filledLines(openingLines())).toHaveLength(2);
  expect(filledLines([...openingLines(), bank])[0]).toBe(bank);
});

it("asks for the year and for whoever stands behind a customer's balance", () => {
  expect(opening(undefined, [bank, balance("430", { debit: "5.00" })]).missing).toEqual(["year", "lines.1.contactId"]);
});

it("sends both sides of each line", () => {
  expect(opening(2026, [bank, capital]).input).toEqual({
    year: 2026,
    lines: [
      { ledgerAccountCode: "572", contactId: undefined, text: "", debit: "12345.67", credit: "0.00" },
      { ledgerAccountCode: "100", contactId: undefined, text: "", debit: "0.00", credit: "12000.00" },
    ],
  });
});

it("begins with the oldest year that is open", () => {
  const years = [
    { year: 2027, closedAt: null },
    { year: 2026, closedAt: null },
    { year: 2025, closedAt: "2026-07-01T09:00:00Z" },
  ];

  expect(firstYear(years)).toBe(2026);
  expect(firstYear([])).toBeUndefined();
});
