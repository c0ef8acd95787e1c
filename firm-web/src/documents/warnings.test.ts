import { expect, it } from "vitest";
import { warningsOf } from "./warnings";

const purchase = { type: "PURCHASE_INVOICE" as const, issuedOn: "2026-11-20", contact: {}, hasPaper: true, twinId: null };

it("finds nothing wrong with a purchase that has its paper", () => {
  expect(warningsOf(purchase, "2026-11-21")).toEqual([]);
  expect(warningsOf({ type: "SALES_INVOICE", issuedOn: "2026-11-21", contact: {} }, "2026-11-21")).toEqual([]);
});

it("doubts what has no contact or paper, looks like a twin, or is dated tomorrow", () => {
  const doubtful = { ...purchase, issuedOn: "2026-11-22", contact: null, hasPaper: false, twinId: "p2" };
  expect(warningsOf(doubtful, "2026-11-21")).toEqual(["contact", "future", "paper", "twin"]);
  expect(warningsOf({ ...purchase, type: "PURCHASE_ORDER", hasPaper: false }, "2026-11-21")).toEqual([]);
});
