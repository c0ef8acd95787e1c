import { fromMinor, toMinor } from "@atrio/kit/format";
import { THIRD_PARTIES } from "../../app/thirdParties";
import type { EntryLineInput } from "../../gql/operations";

export interface Named {
  id: string;
  name: string;
}

/** One line of the form; amounts are decimal text, null while they are not typed. */
export interface DraftLine {
  key: string;
  /** Code of the account; empty while none is chosen. */
  account: string;
  accountName: string;
  /** Whose account it is by itself; null where the line must say so or nobody stands behind it. */
  owner: Named | null;
  contact: Named | null;
  text: string;
  debit: string | null;
  credit: string | null;
}

/** An entry as it stands in the form. */
export interface EntryDraft {
  entryOn: string | null;
  text: string;
  lines: readonly DraftLine[];
}

export const LINES_MAX = 1000;

let made = 0;

export function newLine(): DraftLine {
  made += 1;
  return { key: `new-${made}`, account: "", accountName: "", owner: null, contact: null, text: "", debit: null, credit: null };
}

export function newEntry(today: string): EntryDraft {
  return { entryOn: today, text: "", lines: [newLine(), newLine()] };
}

export function needsContact({ account, owner }: Pick<DraftLine, "account" | "owner">): boolean {
  return owner === null && THIRD_PARTIES.some((one) => account.startsWith(one));
}

export function isBlank({ account, text, debit, credit }: DraftLine): boolean {
  return account === "" && text.trim() === "" && debit === null && credit === null;
}

function sum(amounts: readonly (string | null)[]): bigint {
  return amounts.reduce((total, amount) => total + (amount === null ? 0n : toMinor(amount)), 0n);
}

export interface Totals {
  debit: string;
  credit: string;
  /** Debit less credit. */
  difference: string;
}

export function totalsOf(lines: readonly DraftLine[]): Totals {
  const debit = sum(lines.map((line) => line.debit));
  const credit = sum(lines.map((line) => line.credit));
  return { debit: fromMinor(debit), credit: fromMinor(credit), difference: fromMinor(debit - credit) };
}

/** The lines with what is left on the last one, as long as nobody has typed an amount there. */
export function balanced(lines: readonly DraftLine[]): readonly DraftLine[] {
  const last = lines.findLastIndex((line) => !isBlank(line));
  const line = lines[last];
  if (last < 1 || !line || line.debit !== null || line.credit !== null) return lines;
  const left = toMinor(totalsOf(lines).difference);
  if (left === 0n) return lines;
  const filled = left > 0n ? { ...line, credit: fromMinor(left) } : { ...line, debit: fromMinor(-left) };
  return lines.with(last, filled);
}

/** Paths of the input that keep the entry from being saved, in reading order. */
export function missingIn({ entryOn, text, lines }: EntryDraft): readonly string[] {
  const missing: string[] = [];
  if (entryOn === null) missing.push("entryOn");
  if (text.trim() === "") missing.push("text");
  return [...missing, ...missingInLines(lines)];
}

/** The same of the lines alone. */
export function missingInLines(lines: readonly DraftLine[]): readonly string[] {
  const missing: string[] = [];
  lines.forEach((line, at) => {
    if (line.account === "") missing.push(`lines.${at}.ledgerAccountCode`);
    if (needsContact(line) && line.contact === null) missing.push(`lines.${at}.contactId`);
    if (line.debit === null && line.credit === null) missing.push(`lines.${at}.debit`);
  });
  return missing;
}

export function linesInput(lines: readonly DraftLine[]): EntryLineInput[] {
  return lines.map(({ account, contact, text, debit, credit }) => ({
    ledgerAccountCode: account,
    contactId: contact?.id,
    text: text.trim(),
    debit: debit ?? "0.00",
    credit: credit ?? "0.00",
  }));
}
