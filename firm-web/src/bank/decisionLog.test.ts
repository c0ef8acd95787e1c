import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Answer, DecisionLog } from "./decisionLog";

interface Line {
  id: string;
  state: string;
}

const line = (id: string): Line => ({ id, state: "PROPOSED" });
const TARGETS = [{ documentId: "d1", amount: "10.00" }];
const saved = (id: string): Answer<Line> => ({ kind: "saved", line: { id, state: "MATCHED" }, undoToken: `u-${id}` });

/** A border whose answers the test gives when it wants. */
function border() {
  const sent: { lineId: string; requestKey: string; answer: (answer: Answer<Line>) => void }[] = [];
  let key = 0;
  const takeBack = vi.fn(async (token: string): Promise<Line | undefined> => ({ id: token.slice(2), state: "NEW" }));
  const log = new DecisionLog<Line>({
    send: ({ lineId, requestKey }) => new Promise((answer) => sent.push({ lineId, requestKey, answer })),
    takeBack,
    newKey: () => `k${++key}`,
  });
  const stateOf = (id: string) => log.decisions.get(id)?.state;
  return { log, sent, takeBack, stateOf };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const settled = () => vi.advanceTimersByTimeAsync(0);

describe("the decision log", () => {
  it("shows a decision at once and sends one after the other, in order", async () => {
    const { log, sent, stateOf } = border();
    log.decide(line("a"), { targets: TARGETS });
    log.decide(line("b"), { targets: TARGETS });
    expect([stateOf("a"), stateOf("b")]).toEqual(["waiting", "waiting"]);
    expect(sent.map(({ lineId }) => lineId)).toEqual(["a"]);
    sent[0]?.answer(saved("a"));
    await settled();
    expect([stateOf("a"), stateOf("b")]).toEqual(["saved", "waiting"]);
    expect(sent.map(({ lineId }) => lineId)).toEqual(["a", "b"]);
    expect(log.decisions.get("a")?.after).toEqual({ id: "a", state: "MATCHED" });
  });

  it("does not decide a line twice while the first decision stands", async () => {
    const { log, sent } = border();
    expect(log.decide(line("a"), { targets: TARGETS })).toBeDefined();
    expect(log.decide(line("a"), { targets: TARGETS })).toBeUndefined();
    sent[0]?.answer(saved("a"));
    await settled();
    expect(log.decide(line("a"), { targets: TARGETS })).toBeUndefined();
    expect(sent).toHaveLength(1);
  });

  it("gives a refused line back with its sentence, and it may be decided anew with another key", async () => {
    const { log, sent, stateOf } = border();
    log.decide(line("a"), { targets: TARGETS });
    sent[0]?.answer({ kind: "refused", message: "November is locked." });
    await settled();
    expect(stateOf("a")).toBe("refused");
    expect(log.decisions.get("a")?.message).toBe("November is locked.");
    expect(log.decide(line("a"), { targets: TARGETS })).toBeDefined();
    expect(sent[1]?.requestKey).not.toBe(sent[0]?.requestKey);
  });

  it("tries again with the same key when the connection is lost", async () => {
    const { log, sent, stateOf } = border();
    log.decide(line("a"), { targets: TARGETS });
    sent[0]?.answer({ kind: "lost" });
    await settled();
    expect(stateOf("a")).toBe("retrying");
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent[1]?.requestKey).toBe(sent[0]?.requestKey);
    sent[1]?.answer({ kind: "lost" });
    await vi.advanceTimersByTimeAsync(1999);
    expect(sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    sent[2]?.answer(saved("a"));
    await settled();
    expect(stateOf("a")).toBe("saved");
  });
});

describe("taking back", () => {
  it("a decision that was not sent costs nothing", async () => {
    const { log, sent, takeBack, stateOf } = border();
    log.decide(line("a"), { targets: TARGETS });
    log.decide(line("b"), { targets: TARGETS });
    await log.undo("b");
    sent[0]?.answer(saved("a"));
    await settled();
    expect(stateOf("b")).toBeUndefined();
    expect(sent).toHaveLength(1);
    expect(takeBack).not.toHaveBeenCalled();
  });

  it("one that is on its way waits for its answer", async () => {
    const { log, sent, takeBack, stateOf } = border();
    log.decide(line("a"), { targets: TARGETS });
    const undone = log.undo("a");
    sent[0]?.answer(saved("a"));
    await undone;
    expect(takeBack).toHaveBeenCalledWith("u-a");
    expect(stateOf("a")).toBe("undone");
    expect(log.decisions.get("a")?.after).toEqual({ id: "a", state: "NEW" });
  });

  it("twenty in a row brings every line back", async () => {
    const { log, sent, stateOf } = border();
    const ids = Array.from({ length: 20 }, (_, index) => `l${index}`);
    for (const id of ids) log.decide(line(id), { targets: TARGETS });
    for (let at = 0; at < ids.length; at += 1) {
      sent[at]?.answer(saved(ids[at] as string));
      await settled();
    }
    for (const id of [...ids].reverse()) await log.undo(id);
    expect(new Set(ids.map(stateOf))).toEqual(new Set(["undone"]));
  });

  it("works on after fresh rows have told that it is saved", async () => {
    const { log, sent, takeBack, stateOf } = border();
    log.decide(line("a"), { targets: TARGETS });
    sent[0]?.answer(saved("a"));
    await settled();
    log.settle();
    await log.undo("a");
    expect(takeBack).toHaveBeenCalledWith("u-a");
    expect(stateOf("a")).toBe("undone");
    await log.undo("a");
    expect(takeBack).toHaveBeenCalledTimes(1);
  });

  it("that is refused says so and leaves the decision", async () => {
    const { log, sent, takeBack, stateOf } = border();
    takeBack.mockRejectedValue(new Error("The period is locked."));
    log.decide(line("a"), { targets: TARGETS });
    sent[0]?.answer(saved("a"));
    await settled();
    await expect(log.undo("a")).rejects.toThrow("The period is locked.");
    expect(stateOf("a")).toBe("saved");
  });
});

it("forgets what fresh rows tell themselves, and keeps what was not answered or was refused", async () => {
  const { log, sent, stateOf } = border();
  log.decide(line("a"), { targets: TARGETS });
  sent[0]?.answer(saved("a"));
  await settled();
  log.decide(line("b"), { targets: TARGETS });
  sent[1]?.answer({ kind: "refused", message: "no" });
  await settled();
  log.decide(line("c"), { targets: TARGETS });
  log.settle();
  expect([stateOf("a"), stateOf("b"), stateOf("c")]).toEqual([undefined, "refused", "waiting"]);
});
