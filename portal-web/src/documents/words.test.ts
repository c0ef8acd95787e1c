import { describe, expect, it } from "vitest";
import { stateOf } from "./words";

const TODAY = "2026-11-21";
const invoice = { type: "SALES_INVOICE", status: "APPROVED", dueOn: "2026-11-21", outstanding: "121.00" } as const;

describe("stateOf", () => {
  it("asks for payment until the day an invoice is due, and is overdue the day after", () => {
    expect(stateOf(invoice, TODAY)).toBe("TO_PAY");
    expect(stateOf({ ...invoice, dueOn: null }, TODAY)).toBe("TO_PAY");
    expect(stateOf({ ...invoice, dueOn: "2026-11-20" }, TODAY)).toBe("OVERDUE");
    expect(stateOf({ ...invoice, status: "PARTLY_PAID" }, TODAY)).toBe("PARTLY_PAID");
    expect(stateOf({ ...invoice, status: "PARTLY_PAID", dueOn: "2026-11-20" }, TODAY)).toBe("OVERDUE");
  });

  it("asks nothing for a credit note or an invoice of nothing", () => {
    expect(stateOf({ ...invoice, outstanding: "-121.00", dueOn: "2026-01-01" }, TODAY)).toBe("ISSUED");
    expect(stateOf({ ...invoice, outstanding: "0.00" }, TODAY)).toBe("ISSUED");
  });

  it("asks for an answer to an open estimate only", () => {
    expect(stateOf({ ...invoice, type: "ESTIMATE" }, TODAY)).toBe("TO_ANSWER");
    expect(stateOf({ ...invoice, type: "ESTIMATE", status: "REJECTED" }, TODAY)).toBe("REJECTED");
  });

  it.each(["PROFORMA", "SALES_ORDER", "DELIVERY_NOTE", "PAYMENT_RECEIPT"] as const)("asks nothing for a %s", (type) => {
    expect(stateOf({ ...invoice, type, dueOn: "2026-01-01" }, TODAY)).toBe("ISSUED");
  });
});
