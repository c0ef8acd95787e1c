import { expect, it } from "vitest";
import { contrastWithWhite, isColor, slugOf } from "./look";

it("tells whether white letters can be read on a colour", () => {
  expect(contrastWithWhite("#000000")).toBeCloseTo(21, 1);
  expect(contrastWithWhite("#ffffff")).toBeCloseTo(1, 2);
  expect(contrastWithWhite("#ffcc00")).toBeLessThan(4.5);
  expect(contrastWithWhite("#1f5f4a")).toBeGreaterThan(4.5);
});

it("knows a colour from what is none", () => {
  expect([isColor("#1f5f4a"), isColor("#1F5F4A"), isColor("red"), isColor("#fff")]).toEqual([true, true, false, false]);
});

it("makes an address of a name", () => {
  expect(slugOf("Cafés Brisa & Hijos, S.L.")).toBe("cafes-brisa-hijos-s-l");
  expect(slugOf("Ñ")).toBe("n");
});
