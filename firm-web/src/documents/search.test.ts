import { describe, expect, it } from "vitest";
import { clientPlace } from "../app/places";
import { documentsSearch, purchaseVariables, salesVariables } from "./search";

const said = (filter: object | null | undefined) => Object.entries(filter ?? {}).filter(([, value]) => value !== undefined);

describe("the state of the list in the address", () => {
  it("leaves out what does not fit the side", () => {
    expect(documentsSearch({ side: "purchases", type: "ESTIMATE", read: "READ" })).toMatchObject({
      side: "purchases",
      type: undefined,
      read: undefined,
    });
    expect(documentsSearch({ side: "sales", type: "ESTIMATE", read: "READ" })).toMatchObject({
      side: undefined,
      type: "ESTIMATE",
      read: "READ",
    });
  });

  it("takes no day that the calendar does not have", () => {
    expect(documentsSearch({ from: "2026-02-30", to: "2026-99-99" })).toMatchObject({ from: undefined, to: undefined });
    expect(documentsSearch({ from: "2028-02-29" }).from).toBe("2028-02-29");
  });

  it("takes a number that was typed as a search", () => {
    expect(documentsSearch({ q: 412 }).q).toBe("412");
  });

  it("is exactly what a counter of the client page counts", () => {
    const sales = documentsSearch(clientPlace("c1", "sales").search);
    const purchases = documentsSearch(clientPlace("c1", "purchases").search);
    expect(said(salesVariables("c1", sales).filter)).toEqual([["status", "PENDING_REVIEW"]]);
    expect(purchases.side).toBe("purchases");
    expect(said(purchaseVariables("c1", purchases).filter)).toEqual([["status", "PENDING_REVIEW"]]);
  });

  it("keeps period and archive, and asks for what is in use unless told", () => {
    const search = documentsSearch({ from: "2026-01-01", to: "yesterday", archived: true });
    expect(search).toMatchObject({ from: "2026-01-01", to: undefined, archived: true });
    expect(salesVariables("c1", search)).toMatchObject({ archived: true, filter: { from: "2026-01-01" } });
    expect(purchaseVariables("c1", documentsSearch({}))).toMatchObject({ archived: false });
  });
});
