import { describe, expect, it } from "vitest";
import { emptyForm, fieldOf, numbersOf, valuesOf, withoutIban, withUsual, wordsOf } from "./form";

describe("valuesOf", () => {
  it("trims, empties with null, and takes numbers out of what was typed", () => {
    const form = { ...emptyForm(), days: "30, 60 y 90", payDays: "5", tags: " oak , vip,", paymentMethod: "CARD" as const };
    form.texts = { ...form.texts, name: " Roca SL ", country: "es", city: " " };

    const values = valuesOf(form);

    expect(values).toMatchObject({
      name: "Roca SL",
      country: "ES",
      city: null,
      paymentMethod: "CARD",
      paymentTerms: { days: [30, 60, 90], monthEnd: false, payDays: [5] },
      tags: ["oak", "vip"],
    });
  });

  it("names accounts of the card by their id and leaves out empty rows", () => {
    const form = {
      ...emptyForm(),
      ibans: [
        { id: "one", shown: "ES91 **** 1332", isDefault: true },
        { shown: " ", isDefault: false },
        { shown: " ES79 2100 0813 6101 2345 6789 ", isDefault: false },
      ],
    };

    expect(valuesOf(form).ibans).toEqual([
      { id: "one", isDefault: true },
      { iban: "ES79 2100 0813 6101 2345 6789", isDefault: false },
    ]);
  });
});

describe("the usual account", () => {
  const ibans = [
    { shown: "one", isDefault: true },
    { shown: "two", isDefault: false },
  ];

  it("is one of them, and another when it goes", () => {
    expect(withUsual(ibans, 1).map(({ isDefault }) => isDefault)).toEqual([false, true]);
    expect(withoutIban(ibans, 0)).toEqual([{ shown: "two", isDefault: true }]);
    expect(withoutIban(ibans, 1)).toEqual([{ shown: "one", isDefault: true }]);
    expect(withoutIban(withoutIban(ibans, 0), 0)).toEqual([]);
  });
});

describe("fieldOf", () => {
  it("finds the field that a refusal is about", () => {
    expect(fieldOf(["input", "taxId"])).toBe("taxId");
    expect(fieldOf(["input", "paymentTerms", "payDays"])).toBe("payDays");
    expect(fieldOf(["input", "ibans", "1", "iban"])).toBe("ibans.1");
    expect(fieldOf([])).toBeUndefined();
  });
});

describe("what is typed", () => {
  it("is read as people write it", () => {
    expect(numbersOf("a 30 / 60 días")).toEqual([30, 60]);
    expect(wordsOf(" , a b ,c")).toEqual(["a b", "c"]);
  });
});
