import { expect, it } from "vitest";
import { bankSearch, variablesOf } from "./search";

it("keeps what it knows of an address and drops the rest", () => {
  expect(bankSearch({ show: "in", open: true, q: 1210, sort: "AMOUNT_ASC", other: 1 })).toEqual({
    account: undefined,
    show: "in",
    q: "1210",
    open: true,
    sort: "AMOUNT_ASC",
  });
  expect(bankSearch({ show: "sideways", open: "yes", q: "", sort: "NAME_ASC" })).toEqual({
    account: undefined,
    show: undefined,
    q: undefined,
    open: undefined,
    sort: undefined,
  });
});

it("asks for exactly the list whose total the counter of the client shows", () => {
  const { companyId, filter } = variablesOf("c1", bankSearch({ open: true }));
  expect(companyId).toBe("c1");
  expect(Object.entries(filter ?? {}).filter(([, value]) => value !== undefined)).toEqual([["unreconciled", true]]);
});

it("tells money in from money out and from lines without a proposal", () => {
  expect(variablesOf("c1", { show: "out" }).filter).toMatchObject({ direction: "OUT", state: undefined });
  expect(variablesOf("c1", { show: "none" }).filter).toMatchObject({ direction: undefined, state: "NEW" });
});
