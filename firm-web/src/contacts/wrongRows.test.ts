import { expect, test } from "vitest";
import { csvOf } from "./wrongRows";

test("cells are quoted, and what would calculate is text", () => {
  expect(
    csvOf([
      ["Row", 'Bar "Núñez"'],
      ["2", "=1+1"],
    ]),
  ).toBe('\ufeff"Row";"Bar ""Núñez"""\r\n"2";"\'=1+1"\r\n');
});
