import { describe, expect, it } from "vitest";
import type { Decision } from "./decisionLog";
import {
  fitting,
  gapOf,
  isAgainst,
  isOpen,
  keptCursor,
  type Line,
  nextOpen,
  openAmount,
  overlay,
  partAmount,
  proposedLabel,
  proposedMatch,
  type Row,
  restAfter,
  sureLines,
  targetOf,
} from "./lines";

const made = (id: string, part: Partial<Line> = {}) =>
  ({ id, state: "NEW", amount: "-100.00", settledAmount: "0.00", proposal: null, proposedWith: [], ...part }) as Line;
const proposed = (id: string, certainty: number) => made(id, { state: "PROPOSED", proposal: { certainty } as Line["proposal"] });
const decided = (line: Line, state: Decision<Line>["state"], after?: Line): Decision<Line> => ({
  lineId: line.id,
  requestKey: "k",
  targets: [],
  state,
  before: line,
  after,
});

describe("overlay", () => {
  const lines = [made("a"), made("b")];

  it("leaves lines without a decision as they are, so that their rows are not drawn anew", () => {
    const decision = decided(lines[0] as Line, "waiting");
    const rows = overlay(lines, new Map([["a", decision]]));
    expect(rows[1]).toBe(lines[1]);
    expect(rows[0]).not.toBe(lines[0]);
    expect(overlay(lines, new Map([["a", decision]]))[0]).toBe(rows[0]);
  });

  it("shows a saved line as the gateway gave it back", () => {
    const after = made("a", { state: "MATCHED" });
    const rows = overlay(lines, new Map([["a", decided(lines[0] as Line, "saved", after)]]));
    expect(rows[0]?.state).toBe("MATCHED");
    expect(isOpen(rows[0] as Row)).toBe(false);
  });

  it("counts a waiting line as done and a refused one as open", () => {
    const open = (state: Decision<Line>["state"]) =>
      isOpen(overlay([lines[0] as Line], new Map([["a", decided(lines[0] as Line, state)]]))[0] as Row);
    expect([open("waiting"), open("retrying"), open("refused"), open("undone")]).toEqual([false, false, true, true]);
  });
});

describe("the line in hand", () => {
  const rows: readonly Row[] = [made("a"), made("b", { state: "MATCHED" }), made("c"), made("d", { state: "IGNORED" })];

  it("moves to the next open line, then starts from the top", () => {
    expect(nextOpen(rows, "a")).toBe("c");
    expect(nextOpen(rows, "c")).toBe("a");
    expect(nextOpen(rows, undefined)).toBe("a");
  });

  it("stays when nothing else is open", () => {
    expect(nextOpen([made("a")], "a")).toBeUndefined();
  });

  it("is kept when the list changes, else its place is", () => {
    expect(keptCursor(rows, "c", 0)).toBe("c");
    expect(keptCursor(rows, "gone", 2)).toBe("c");
    expect(keptCursor(rows, "gone", 9)).toBe("d");
    expect(keptCursor([], "gone", 1)).toBeUndefined();
  });
});

describe("amounts", () => {
  it("are what is left of a line, without sign", () => {
    expect(openAmount(made("a", { amount: "-187.34", settledAmount: "87.34" }))).toBe("100.00");
  });

  it("say what several documents leave open, or take too much", () => {
    const targets = (...amounts: string[]) => amounts.map((amount) => ({ documentId: amount, amount }));
    expect(restAfter(made("a"), targets("60.10", "39.90"))).toBe("0.00");
    expect(restAfter(made("a"), targets("60.10", "40.00"))).toBe("-0.10");
  });

  it("count what goes against the line, and what another currency takes of it", () => {
    const line = made("a", { amount: "1089.00", currency: "EUR" });
    const credit = { documentId: "c", amount: "121.00", against: true };
    expect(restAfter(line, [{ documentId: "i", amount: "1210.00" }, credit])).toBe("0.00");
    expect(restAfter(line, [{ documentId: "d", amount: "1200.00", paid: "1080.00" }])).toBe("9.00");
  });

  it("say which way a document goes and what it takes", () => {
    const line = made("a", { amount: "-126.00", currency: "EUR" });
    const paid = { documentId: "d", amount: "121.00", paid: "121.00", currency: "EUR", givesBack: true } as Line["proposal"];
    const dollars = { documentId: "u", amount: "130.00", paid: "126.00", currency: "USD", givesBack: false } as Line["proposal"];
    expect(targetOf(line, paid as NonNullable<typeof paid>)).toEqual({ documentId: "d", amount: "121.00", givesBack: true });
    expect(targetOf(line, dollars as NonNullable<typeof paid>)).toEqual({ documentId: "u", amount: "130.00", paid: "126.00" });
    expect([isAgainst(line, { direction: "OUT" }), isAgainst(line, { direction: "IN" })]).toEqual([false, true]);
  });

  it("go to an account with the sign of the money", () => {
    expect(partAmount(made("a", { amount: "1058.00" }), "-2.00")).toBe("-2.00");
    expect(partAmount(made("a", { amount: "-126.00" }), "5.00")).toBe("-5.00");
  });

  it("offer no more than both the document and the line have", () => {
    expect(fitting("1210.00", "100.00")).toBe("100.00");
    expect(fitting("30.00", "100.00")).toBe("30.00");
    expect(fitting("30.00", "-5.00")).toBe("0.00");
  });
});

describe("sureLines", () => {
  it("takes open lines that are sure enough, at most a hundred", () => {
    const rows = [
      proposed("a", 97),
      proposed("b", 96),
      made("c"),
      ...Array.from({ length: 150 }, (_, at) => proposed(`x${at}`, 100)),
    ];
    const sure = sureLines(rows, 97);
    expect(sure).toHaveLength(100);
    expect(sure.slice(0, 2).map(({ id }) => id)).toEqual(["a", "x0"]);
  });
});

describe("a proposal of several documents", () => {
  const one = (documentId: string, amount: string) => ({ documentId, number: documentId, currency: "EUR", amount, paid: amount });
  const line = made("a", {
    currency: "EUR",
    proposal: { ...one("F1", "60.00"), contactName: "Brisa" } as Line["proposal"],
    proposedWith: [one("F2", "40.00")] as Line["proposedWith"],
  });

  it("is accepted whole and named by all its numbers", () => {
    expect(proposedMatch(line)?.targets).toEqual([
      { documentId: "F1", amount: "60.00" },
      { documentId: "F2", amount: "40.00" },
    ]);
    expect(proposedLabel(line)).toBe("F1, F2 Brisa");
  });
});

describe("gapOf", () => {
  const chosen = (outstanding: string, part: object = {}) => ({
    documentId: "F1",
    amount: outstanding,
    outstanding,
    against: false,
    ...part,
  });
  const received = made("a", { amount: "97.00" });

  it.each([
    ["97.05", { amount: "-0.05", kinds: ["WRITE_OFF", "FEE", "DISCOUNT"] }],
    ["100.00", { amount: "-3.00", kinds: ["FEE", "DISCOUNT"] }],
    ["96.95", { amount: "0.05", kinds: ["WRITE_OFF"] }],
    ["90.00", undefined],
    ["97.00", undefined],
  ])("of money in and %s open", (outstanding, gap) => {
    expect(gapOf(received, [chosen(outstanding)])).toEqual(gap);
  });

  it("of money out is a discount where less was paid, a fee where more", () => {
    expect(gapOf(made("a"), [chosen("102.00")])).toEqual({ amount: "2.00", kinds: ["DISCOUNT"] });
    expect(gapOf(made("a"), [chosen("99.00")])).toEqual({ amount: "-1.00", kinds: ["FEE"] });
  });

  it("is nothing where a document is in another currency", () => {
    expect(gapOf(received, [chosen("100.00", { paid: "97.00" })])).toBeUndefined();
  });
});
