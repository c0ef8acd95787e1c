import { expect, it } from "vitest";
import { canCancel, canDecide, canRectify, canSend, canSubstitute, canUnapprove, canVoid, isDraft, nextTypes } from "./steps";

it("offers the next kinds only of what is approved or accepted", () => {
  expect(nextTypes({ type: "ESTIMATE", status: "ACCEPTED" })).toContain("SALES_INVOICE");
  expect(nextTypes({ type: "DELIVERY_NOTE", status: "APPROVED" })).toEqual(["SALES_INVOICE"]);
  expect(nextTypes({ type: "ESTIMATE", status: "DRAFT" })).toEqual([]);
  expect(nextTypes({ type: "ESTIMATE", status: "REJECTED" })).toEqual([]);
  expect(nextTypes({ type: "SALES_INVOICE", status: "APPROVED" })).toEqual([]);
});

it("corrects what is issued, takes back what was only read, cancels what binds nobody", () => {
  expect(canRectify({ type: "SALES_INVOICE", status: "PAID" })).toBe(true);
  expect(canRectify({ type: "ESTIMATE", status: "APPROVED" })).toBe(false);
  expect(canUnapprove({ type: "EXPENSE", status: "APPROVED" })).toBe(true);
  expect(canUnapprove({ type: "EXPENSE", status: "PAID" })).toBe(false);
  expect(canUnapprove({ type: "ESTIMATE", status: "APPROVED" })).toBe(true);
  expect(canUnapprove({ type: "SALES_INVOICE", status: "APPROVED" })).toBe(false);
  expect(canUnapprove({ type: "PAYMENT_RECEIPT", status: "APPROVED" })).toBe(false);
  expect(canCancel({ type: "SALES_ORDER", status: "APPROVED" })).toBe(true);
  expect(canCancel({ type: "SALES_INVOICE", status: "APPROVED" })).toBe(false);
  expect(canDecide({ type: "ESTIMATE", status: "APPROVED" })).toBe(true);
  expect(canDecide({ type: "ESTIMATE", status: "ACCEPTED" })).toBe(false);
});

it("voids only an issued invoice that nobody was given", () => {
  expect(canVoid({ type: "SALES_INVOICE", status: "APPROVED" })).toBe(true);
  expect(canVoid({ type: "SALES_INVOICE", status: "APPROVED", sentAt: "2026-11-21T09:00:00Z" })).toBe(false);
  expect(canVoid({ type: "SALES_INVOICE", status: "PAID" })).toBe(false);
  expect(canVoid({ type: "EXPENSE", status: "APPROVED" })).toBe(false);
});

it("puts a full invoice only in the place of an issued simplified one", () => {
  const ticket = { type: "SALES_INVOICE", status: "PAID", isSimplified: true, total: "46.00" } as const;
  expect(canSubstitute(ticket)).toBe(true);
  expect(canSubstitute({ ...ticket, isSimplified: false })).toBe(false);
  expect(canSubstitute({ ...ticket, status: "PENDING_REVIEW" })).toBe(false);
  expect(canSubstitute({ ...ticket, status: "CANCELLED" })).toBe(false);
  expect(canSubstitute({ ...ticket, total: "-46.00" })).toBe(false);
});

it("sends a sales document once", () => {
  expect(canSend({ type: "SALES_INVOICE", status: "APPROVED" })).toBe(true);
  expect(canSend({ type: "SALES_INVOICE", status: "APPROVED", sentAt: "2026-11-21T09:00:00Z" })).toBe(false);
  expect(canSend({ type: "EXPENSE", status: "APPROVED" })).toBe(false);
  expect(isDraft({ type: "EXPENSE", status: "PENDING_REVIEW" })).toBe(true);
});
