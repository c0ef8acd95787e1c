import { describe, expect, it } from "vitest";
import type { TaxCode } from "../../app/taxCodes";
import { contentOf, type DraftLine, draftOf, missingIn, newDraft, newLine, purchaseContentOf } from "./draft";
import { cellsOf, isRange, pasted } from "./paste";
import { codeIn } from "./taxCodes";
import { problemsOf } from "./useSaving";

const code = (name: string, regime: TaxCode["regime"], rate: string, nature: TaxCode["nature"] = "ANY") =>
  ({ __typename: "TaxCode", code: name, side: "SALES", regime, nature, rate, surchargeRate: "0.00" }) satisfies TaxCode;
const CODES = new Map(
  [
    code("S21", "DOMESTIC", "21.00"),
    code("S10", "DOMESTIC", "10.00"),
    code("S_IC_GOODS", "INTRA_EU", "0.00", "GOODS"),
    code("S_IC_SERVICES", "INTRA_EU", "0.00", "SERVICES"),
  ].map((one) => [one.code, one]),
);
const line = (part: Partial<DraftLine> = {}): DraftLine => ({
  ...newLine("sales"),
  description: "Door",
  unitPrice: "10.00",
  ...part,
});

const KEPT_LINE = {
  id: "l1",
  description: "Door",
  isProduct: true,
  quantity: "1.0000",
  unitPrice: "10.0000",
  discountPercent: "0.00",
  taxCode: "S10",
  deductiblePercent: "100.00",
};

describe("a draft", () => {
  it("sends no line that nobody touched", () => {
    const draft = { ...newDraft("SALES_INVOICE", "sales", "2026-11-21"), lines: [line(), newLine("sales")] };
    expect(contentOf(draft, "sales").lines).toHaveLength(1);
    expect(missingIn(draft)).toEqual([]);
  });

  it("names what is missing by the path the gateway would name", () => {
    const draft = {
      ...newDraft("PURCHASE_INVOICE", "purchases", "2026-11-21"),
      lines: [line({ description: " ", unitPrice: null, account: "629" })],
    };
    expect(missingIn(draft)).toEqual(["issuedOn", "lines.0.description", "lines.0.unitPrice"]);
    expect(missingIn(newDraft("ESTIMATE", "sales", "2026-11-21"))).toEqual(["lines.0.description"]);
  });

  it("says in one way when it is to be paid", () => {
    const draft = newDraft("SALES_INVOICE", "sales", "2026-11-21");
    const said = (payment: typeof draft.payment) => {
      const { dueOn, paymentTerms, instalments } = contentOf({ ...draft, payment }, "sales");
      return { dueOn, paymentTerms, instalments };
    };
    expect(said({ how: "day", dueOn: "2026-12-01" })).toEqual({ dueOn: "2026-12-01", paymentTerms: null, instalments: [] });
    expect(said({ how: "terms", days: [30, 60] })).toMatchObject({ dueOn: null, paymentTerms: { days: [30, 60] } });
    expect(said({ how: "parts", parts: [{ key: "a", dueOn: "2026-12-01", amount: "5.00" }] })).toMatchObject({
      dueOn: null,
      paymentTerms: null,
      instalments: [{ dueOn: "2026-12-01", amount: "5.00" }],
    });
  });

  it("sends the VAT a supplier printed for the codes its lines still have", () => {
    const lines = [line({ taxCode: "P21" }), line({ taxCode: "P10" })];
    const draft = { ...newDraft("PURCHASE_INVOICE", "purchases", "2026-11-21"), lines };
    const sent = purchaseContentOf({ ...draft, printedQuotas: { P10: "1.01", P4: "9.00" } });
    expect(sent.printedTaxes).toEqual([{ taxCode: "P10", quota: "1.01" }]);
  });

  it("names a supplier's number only where the supplier numbers", () => {
    const number = (type: "PURCHASE_INVOICE" | "PURCHASE_ORDER") =>
      purchaseContentOf({ ...newDraft(type, "purchases", "2026-11-21"), number: " A/7 " });
    expect(number("PURCHASE_INVOICE")).toEqual({ number: "A/7", receivedOn: null, printedTaxes: [] });
    expect(number("PURCHASE_ORDER")).toEqual({ number: null, receivedOn: null, printedTaxes: [] });
  });

  it("comes back from a kept document as it went", () => {
    const kept = {
      type: "SALES_INVOICE" as const,
      issuedOn: "2026-11-21",
      dueOn: "2026-12-21",
      currency: "EUR",
      pricesIncludeTax: false,
      withholdingRate: "15.00",
      lines: [
        {
          id: "l1",
          description: "Door",
          isProduct: true,
          quantity: "2.0000",
          unitPrice: "10.5000",
          discountPercent: "0.00",
          taxCode: "S10",
          deductiblePercent: "100.00",
        },
      ],
    };
    const content = contentOf(draftOf(kept), "sales");
    expect(content).toMatchObject({ dueOn: "2026-12-21", withholdingRate: "15.00" });
    expect(content.lines[0]).toMatchObject({
      id: "l1",
      quantity: "2.0000",
      unitPrice: "10.5000",
      discountPercent: "0",
      taxCode: "S10",
    });
  });
});

describe("VAT that was kept", () => {
  const bought = (quota: string) =>
    draftOf({
      type: "PURCHASE_INVOICE",
      issuedOn: "2026-11-21",
      currency: "EUR",
      pricesIncludeTax: false,
      withholdingRate: "0.00",
      regime: "DOMESTIC",
      taxes: [{ taxCode: "P21", rate: "21.00", surchargeRate: "0.00", quota }],
      lines: [{ ...KEPT_LINE, taxCode: "P21" }],
    }).printedQuotas;

  it("was printed so when the lines give another", () => {
    expect(bought("2.10")).toEqual({});
    expect(bought("2.11")).toEqual({ P21: "2.11" });
  });
});

describe("a range pasted from a spreadsheet", () => {
  const target = { lines: [line(), newLine("sales")], codes: CODES, locale: "es" as const, blank: () => newLine("sales") };

  it("is laid over from the cell in hand on and leaves a blank line at the end", () => {
    const rows = pasted('Puerta\t2\t1.250,50\t5 %\t10 %\r\n"Marco ""A"""\t1\t99,9\t\t21\r\n', {
      ...target,
      row: 1,
      column: "description",
    });
    expect(rows).toHaveLength(4);
    expect(rows[0]?.description).toBe("Door");
    expect(rows[1]).toMatchObject({
      description: "Puerta",
      quantity: "2.0000",
      unitPrice: "1250.5000",
      discountPercent: "5.00",
      taxCode: "S10",
    });
    expect(rows[2]).toMatchObject({ description: 'Marco "A"', unitPrice: "99.9000", discountPercent: null, taxCode: "S21" });
  });

  it("leaves a cell empty that is not understood", () => {
    const rows = pasted("3\tdiez\n4\t5", { ...target, row: 0, column: "quantity" });
    expect(rows[0]).toMatchObject({ quantity: "3.0000", unitPrice: null });
    expect(rows[1]).toMatchObject({ quantity: "4.0000", unitPrice: "5.0000" });
  });

  it("is told from a word, and stops at 500 lines", () => {
    expect([isRange("Puerta"), isRange("Puerta\n"), isRange("a\tb"), isRange("a\nb")]).toEqual([false, false, true, true]);
    expect(cellsOf("a\tb\n\nc")).toEqual([["a", "b"], ["c"]]);
    const many = Array.from({ length: 700 }, (_, at) => `line ${at}\t1`).join("\n");
    expect(pasted(many, { ...target, row: 0, column: "description" })).toHaveLength(500);
  });
});

it("moves a line to the nearest code of another regime", () => {
  expect(codeIn("INTRA_EU", line({ isProduct: true }), CODES)).toBe("S_IC_GOODS");
  expect(codeIn("INTRA_EU", line({ isProduct: false }), CODES)).toBe("S_IC_SERVICES");
  expect(codeIn("DOMESTIC", line({ taxCode: "S10" }), CODES)).toBe("S10");
  expect(codeIn("EXPORT", line(), CODES)).toBe("S21");
});

it("places a refusal at its field", () => {
  expect([...problemsOf([{ path: ["input", "lines", "0", "unitPrice"], message: "No." }])]).toEqual([
    ["lines.0.unitPrice", "No."],
  ]);
});
