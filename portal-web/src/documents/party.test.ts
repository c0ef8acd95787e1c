import { describe, expect, it } from "vitest";
import { addressLines } from "./party";

const party = { name: "Puig SL", address: "Major 12", postcode: "17001", city: "Salt", province: "Girona", country: "ES" };

describe("addressLines", () => {
  it("names the province only where it is not the town's own name", () => {
    expect(addressLines(party)).toEqual(["Major 12", "17001 Salt (Girona)"]);
    expect(addressLines({ ...party, city: "Girona" })).toEqual(["Major 12", "17001 Girona"]);
  });

  it("names the country when asked", () => {
    expect(addressLines(party, () => "Spain").at(-1)).toBe("Spain");
  });

  it("leaves out what is not known", () => {
    expect(addressLines({ name: "Puig SL" }, () => "Spain")).toEqual([]);
    expect(addressLines({ name: "Puig SL", province: "Girona" })).toEqual(["Girona"]);
  });
});
