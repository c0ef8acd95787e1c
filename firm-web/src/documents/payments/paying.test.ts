import { expect, test } from "vitest";
import { comesIn, lesser, signedLike } from "./paying";

test("money comes in for sales, and for what suppliers give back", () => {
  expect(comesIn("sales", "121.00")).toBe(true);
  expect(comesIn("sales", "-121.00")).toBe(false);
  expect(comesIn("purchases", "121.00")).toBe(false);
  expect(comesIn("purchases", "-121.00")).toBe(true);
});

test("a typed amount gets the sign of what is open, however it was typed", () => {
  expect(signedLike("50.00", "-121.00")).toBe("-50.00");
  expect(signedLike("-50.00", "-121.00")).toBe("-50.00");
  expect(signedLike("-50.00", "121.00")).toBe("50.00");
});

test("an offset takes what is open on both", () => {
  expect(lesser("-30.00", "121.00")).toBe("30.00");
  expect(lesser("-300.00", "121.00")).toBe("121.00");
});
