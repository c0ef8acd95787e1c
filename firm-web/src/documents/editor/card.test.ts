import { describe, expect, it } from "vitest";
import { type ContactCard, withCard } from "./card";
import { contentOf, newDraft, newLine } from "./draft";

const card = (part: Partial<ContactCard> = {}): ContactCard => ({
  __typename: "Contact",
  id: "1",
  paymentTerms: { __typename: "ContactTerms", days: [30], monthEnd: true, payDays: [5] },
  paymentMethod: "DIRECT_DEBIT",
  incomeAccountCode: "705",
  expenseAccountCode: "623",
  salesTaxCode: "S10",
  purchaseTaxCode: "P10",
  salesWithholdingRate: "15.00",
  purchaseWithholdingRate: null,
  ...part,
});
const start = newDraft("SALES_INVOICE", "sales", "2026-11-21");

describe("a contact's card", () => {
  it("fills in what nobody has typed", () => {
    const content = contentOf(
      {
        ...withCard(start, card(), "sales"),
        lines: withCard({ ...start, lines: [{ ...newLine("sales"), description: "Door" }] }, card(), "sales").lines,
      },
      "sales",
    );
    expect(content).toMatchObject({
      paymentTerms: { days: [30], monthEnd: true, payDays: [5] },
      paymentMethod: "DIRECT_DEBIT",
      withholdingRate: "15.00",
      lines: [{ taxCode: "S10", ledgerAccountCode: "705" }],
    });
  });

  it("leaves what was typed, and a line that nobody touched stays unsent", () => {
    const typed = {
      ...start,
      withholdingRate: "7",
      payment: { how: "day", dueOn: "2026-12-01" } as const,
      paymentMethod: "CASH" as const,
      lines: [{ ...newLine("sales"), description: "Door", taxCode: "S4", account: "700" }, newLine("sales")],
    };
    const content = contentOf(withCard(typed, card(), "sales"), "sales");
    expect(content).toMatchObject({ dueOn: "2026-12-01", paymentTerms: null, paymentMethod: "CASH", withholdingRate: "7" });
    expect(content.lines).toMatchObject([{ taxCode: "S4", ledgerAccountCode: "700" }]);
  });

  it("goes with the contact: the next one replaces what the first had filled in", () => {
    const first = withCard(start, card(), "sales");
    const second = withCard(first, card({ paymentMethod: "CARD", salesTaxCode: null, incomeAccountCode: null }), "sales");
    const none = withCard(second, null, "sales");
    expect(second.paymentMethod).toBe("CARD");
    expect(second.lines[0]).toMatchObject({ taxCode: "S21", account: "" });
    expect([first.withholdingRate, none.withholdingRate]).toEqual(["15.00", "0"]);
    expect(none.payment).toEqual({ how: "day", dueOn: null });
  });

  it("says nothing of payment where nothing is paid", () => {
    const estimate = withCard(newDraft("ESTIMATE", "sales", "2026-11-21"), card(), "sales");
    expect([estimate.payment, estimate.paymentMethod]).toEqual([{ how: "day", dueOn: null }, null]);
  });
});
