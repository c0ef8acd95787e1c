import { fromMinor, toMinor } from "@atrio/kit/format";
import type { BankLinesQuery } from "../gql/operations";
import type { Decision, Match, Target } from "./decisionLog";

export type Line = NonNullable<BankLinesQuery["bankLines"]>["nodes"][number];
export type Proposal = NonNullable<Line["proposal"]>;

/** A line with what was decided about it. Lines without a decision stay the objects of the list. */
export type Row = Line & { decision?: Decision<Line> };

const rowsOf = new WeakMap<Decision<Line>, Row>();

/** Lays decisions over lines; a row keeps its identity until its own decision changes. */
export function overlay(lines: readonly Line[], decisions: ReadonlyMap<string, Decision<Line>>): readonly Row[] {
  if (decisions.size === 0) return lines;
  return lines.map((line) => {
    const decision = decisions.get(line.id);
    if (!decision) return line;
    const made = rowsOf.get(decision);
    if (made) return made;
    const row: Row = { ...(decision.after ?? line), decision };
    rowsOf.set(decision, row);
    return row;
  });
}

/** Whether something of the line is left to match, counting what was just decided. */
export function isOpen({ state, decision }: Row): boolean {
  if (decision && (decision.state === "waiting" || decision.state === "retrying")) return false;
  return state === "NEW" || state === "PROPOSED" || state === "PARTLY";
}

/** The next open line after the one in hand, from the top if none is below; undefined when all is matched. */
export function nextOpen(rows: readonly Row[], id: string | undefined): string | undefined {
  const at = rows.findIndex((row) => row.id === id);
  const after = [...rows.slice(at + 1), ...rows.slice(0, Math.max(0, at))];
  return after.find(isOpen)?.id;
}

/** What of the line is not matched yet, as a positive amount. */
export function openAmount({ amount, settledAmount }: Line): string {
  const minor = toMinor(amount);
  return fromMinor((minor < 0n ? -minor : minor) - toMinor(settledAmount));
}

/** A document as it is proposed, and what of it the line settles: all of it that fits, in both currencies. */
export function targetOf(line: Line, one: Pick<Proposal, "documentId" | "amount" | "paid" | "currency" | "givesBack">): Target {
  return {
    documentId: one.documentId,
    amount: one.amount ?? openAmount(line),
    ...(one.currency === line.currency ? {} : { paid: one.paid ?? openAmount(line) }),
    ...(one.givesBack ? { givesBack: true } : {}),
  };
}

/** All of a proposal, as one Enter accepts it. */
export function proposedMatch(line: Line): Match | undefined {
  if (!line.proposal) return undefined;
  const targets = [line.proposal, ...line.proposedWith].map((one) => targetOf(line, one));
  return { targets, difference: line.proposal.difference ?? undefined };
}

/** Numbers of all documents of a proposal and whose they are. */
export function proposedLabel({ proposal, proposedWith }: Line, between = " "): string {
  const numbers = [proposal, ...proposedWith].map((one) => one?.number).filter(Boolean);
  return [numbers.join(", "), proposal?.contactName].filter(Boolean).join(between);
}

/** Whether the money of a document goes against the line, as a credit note does that was taken off. */
export function isAgainst(line: Line, { direction }: Pick<Proposal, "direction">): boolean {
  return (direction === "IN") !== toMinor(line.amount) > 0n;
}

/** What remains of the line after these targets; negative when they take too much. */
export function restAfter(line: Line, targets: readonly (Target & { against?: boolean })[]): string {
  const taken = targets.reduce((sum, { amount, paid, against }) => {
    const money = toMinor(paid ?? amount);
    return against ? sum - money : sum + money;
  }, 0n);
  return fromMinor(toMinor(openAmount(line)) - taken);
}

/** The rest of a line as an account takes it: positive for money in, whatever sign the rest has. */
export function partAmount(line: Line, rest: string): string {
  return fromMinor(toMinor(line.amount) > 0n ? toMinor(rest) : -toMinor(rest));
}

/** Cents that may be written off, as the gateway has it. */
const WRITE_OFF_MAX = toMinor("0.05");

export interface Gap {
  /** What line and documents differ by, as an account would take it: negative is lost. */
  amount: string;
  kinds: readonly NonNullable<Match["difference"]>[];
}

/** What would close line and documents if each is taken whole; undefined where nothing differs or currencies do. */
export function gapOf(line: Line, chosen: readonly (Target & { outstanding: string; against: boolean })[]): Gap | undefined {
  if (chosen.length === 0 || chosen.some(({ paid }) => paid !== undefined)) return undefined;
  const whole = chosen.map(({ outstanding, ...one }) => ({ ...one, amount: outstanding }));
  const amount = partAmount(line, restAfter(line, whole));
  const minor = toMinor(amount);
  if (minor === 0n) return undefined;
  const lost = minor < 0n;
  const comesIn = toMinor(line.amount) > 0n;
  const oneWay = chosen.every(({ against }) => !against);
  const kinds: NonNullable<Match["difference"]>[] = [];
  if ((lost ? -minor : minor) <= WRITE_OFF_MAX) kinds.push("WRITE_OFF");
  if (lost) kinds.push("FEE");
  if (oneWay && lost === comesIn) kinds.push("DISCOUNT");
  return kinds.length === 0 ? undefined : { amount, kinds };
}

/** The smaller of a document's outstanding amount and what is left of the line. */
export function fitting(outstanding: string, rest: string): string {
  const [document, line] = [toMinor(outstanding), toMinor(rest)];
  return fromMinor(document < line ? document : line < 0n ? 0n : line);
}

const ACCEPTED_AT_ONCE_MAX = 100;

/** Open lines whose proposal is at least this sure, at most a hundred, in the order of the list. */
export function sureLines(rows: readonly Row[], certainty: number): readonly Row[] {
  return rows.filter((row) => isOpen(row) && (row.proposal?.certainty ?? -1) >= certainty).slice(0, ACCEPTED_AT_ONCE_MAX);
}

/** Where the line in hand stands now: itself, or if it left the list the one at its place. */
export function keptCursor(rows: readonly Row[], id: string | undefined, place: number): string | undefined {
  if (id !== undefined && rows.some((row) => row.id === id)) return id;
  return rows[Math.min(Math.max(0, place), rows.length - 1)]?.id;
}
