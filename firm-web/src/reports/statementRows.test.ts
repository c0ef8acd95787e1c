import { describe, expect, it } from "vitest";
import type { StatementLineFragment } from "../gql/operations";
import { statementRows } from "./statementRows";

const line = (key: string, level: number, amount: string, codes: string[] = []): StatementLineFragment => ({
  __typename: "StatementLine",
  key,
  number: "",
  name: `Nombre ${key}`,
  level,
  amount,
  prior: "0.00",
  accounts: codes.map((code) => ({ __typename: "StatementAccount", code, name: code, amount, prior: "0.00" })),
});
const LINES = [line("ASSETS", 0, "10.00"), line("STOCKS", 2, "0.00"), line("CASH", 2, "10.00", ["570", "572"])];
const ids = (open: string[], zero = false) => statementRows(LINES, { CASH: "Cash" }, new Set(open), zero).map(({ id }) => id);

describe("the rows of a statement", () => {
  it("leave lines of nothing out unless asked for", () => {
    expect(ids([])).toEqual(["ASSETS", "CASH"]);
    expect(ids([], true)).toEqual(["ASSETS", "STOCKS", "CASH"]);
  });

  it("unfold into the accounts behind a line", () => {
    expect(ids(["CASH"])).toEqual(["ASSETS", "CASH", "CASH.570", "CASH.572"]);
  });

  it("bear the reader's name, else the law's own", () => {
    const [assets, cash] = statementRows(LINES, { CASH: "Cash" }, new Set(), false);
    expect([assets?.name, cash?.name]).toEqual(["Nombre ASSETS", "Cash"]);
  });

  it("tell the change", () => {
    expect(statementRows(LINES, {}, new Set(), false)[1]?.change).toBe("10.00");
  });
});
