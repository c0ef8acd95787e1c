import { describe, expect, it } from "vitest";
import { balanced, type DraftLine, missingIn, needsContact, newLine, totalsOf } from "./draft";

function line(part: Partial<DraftLine>): DraftLine {
  return { ...newLine(), account: "629", ...part };
}

describe("the last line", () => {
  it("takes what is left on the side that balances", () => {
    const lines = [line({ debit: "900.00" }), line({ debit: "189.00" }), line({ credit: "171.00" }), line({ account: "572" })];

    expect(balanced(lines)[3]).toMatchObject({ debit: null, credit: "918.00" });
    expect(totalsOf(balanced(lines)).difference).toBe("0.00");
  });

  it("keeps what somebody typed there", () => {
    const lines = [line({ debit: "9.00" }), line({ credit: "8.00" })];

    expect(balanced(lines)).toBe(lines);
    expect(totalsOf(lines).difference).toBe("1.00");
  });

  it("is the last one that is not blank", () => {
    const lines = [line({ credit: "5.00" }), line({ account: "572" }), newLine()];

    expect(balanced(lines)[1]?.debit).toBe("5.00");
  });
});

describe("a third party's account", () => {
  it("asks whose it is unless it has an owner", () => {
    expect(needsContact({ account: "551", owner: null })).toBe(true);
    expect(needsContact({ account: "43000001", owner: { id: "1", name: "Cafés Brisa" } })).toBe(false);
    expect(needsContact({ account: "572", owner: null })).toBe(false);
  });

  it("is named among what is missing", () => {
    const lines = [line({ account: "551", debit: "1.00" }), line({ account: "", credit: "1.00" })];

    expect(missingIn({ entryOn: null, text: " ", lines })).toEqual([
      "entryOn",
      "text",
      "lines.0.contactId",
      "lines.1.ledgerAccountCode",
    ]);
  });
});
