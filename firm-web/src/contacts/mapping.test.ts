import { describe, expect, it } from "vitest";
import { columnsInput, mapped } from "./mapping";

describe("a mapping", () => {
  it("starts from what the headers tell and sends only columns that are read", () => {
    const mapping = mapped([
      { column: 0, field: "NAME" },
      { column: 1, field: null },
      { column: 2, field: "TAX_ID" },
    ]);

    expect(columnsInput(mapping)).toEqual([
      { column: 0, field: "NAME" },
      { column: 2, field: "TAX_ID" },
    ]);
    expect(columnsInput({ ...mapping, 0: undefined, 1: "NAME" })).toEqual([
      { column: 1, field: "NAME" },
      { column: 2, field: "TAX_ID" },
    ]);
  });
});
