import { fromMinor, toMinor } from "@atrio/kit/format";
import type { PurchaseDocumentType } from "../gql/operations";

/** One line of the form; amounts are decimal text or null while they are not understood. */
export interface PurchaseLine {
  key: string;
  description: string;
  quantity: string | null;
  unitPrice: string | null;
  /** Per cent. */
  taxRate: string;
}

export interface Purchase {
  type: PurchaseDocumentType;
  supplierId?: string;
  supplierName: string;
  supplierTaxId: string;
  number: string;
  issuedOn: string | null;
  dueOn: string | null;
  /** Income tax withheld, per cent of the base. */
  withholdingRate: string;
  lines: readonly PurchaseLine[];
  /** What the paper says in total; only compared, never sent. */
  paperTotal: string | null;
}

/** The rates in force in Spain; others may be typed by whoever reads the paper. */
export const TAX_RATES = ["21", "10", "5", "4", "0"] as const;
export const WITHHOLDING_RATES = ["0", "7", "15", "19"] as const;

let made = 0;

export function newLine(): PurchaseLine {
  made += 1;
  return { key: `line-${made}`, description: "", quantity: "1.00", unitPrice: null, taxRate: "21" };
}

export function newPurchase(): Purchase {
  return {
    type: "PURCHASE_INVOICE",
    supplierName: "",
    supplierTaxId: "",
    number: "",
    issuedOn: null,
    dueOn: null,
    withholdingRate: "0",
    lines: [newLine()],
    paperTotal: null,
  };
}

/** Half away from zero, as the books round: `value` has `extra` more decimals than wanted. */
function rounded(value: bigint, extra: number): bigint {
  const unit = 10n ** BigInt(extra);
  const [size, sign] = value < 0n ? [-value, -1n] : [value, 1n];
  return sign * ((size + unit / 2n) / unit);
}

/** Quantity times price, in cents; nothing while one of them is not understood. */
export function lineBase({ quantity, unitPrice }: PurchaseLine): bigint {
  if (quantity === null || unitPrice === null) return 0n;
  return rounded(toMinor(quantity) * toMinor(unitPrice), 2);
}

export interface Totals {
  base: string;
  /** One per rate, rounded once on the sum of its bases; the highest rate first. */
  taxes: readonly { rate: string; base: string; quota: string }[];
  tax: string;
  withholding: string;
  total: string;
  /** Paper less form; null while the paper's total was not typed. */
  difference: string | null;
}

/** What the form adds up to, rounded as the gateway rounds. */
export function totalsOf({ lines, withholdingRate, paperTotal }: Purchase): Totals {
  const bases = new Map<string, bigint>();
  for (const line of lines) bases.set(line.taxRate, (bases.get(line.taxRate) ?? 0n) + lineBase(line));
  const taxes = [...bases]
    .sort(([a], [b]) => Number(toMinor(b) - toMinor(a)))
    .map(([rate, base]) => ({ rate, base, quota: rounded(base * toMinor(rate), 4) }));
  const base = taxes.reduce((sum, one) => sum + one.base, 0n);
  const tax = taxes.reduce((sum, one) => sum + one.quota, 0n);
  const withholding = rounded(base * toMinor(withholdingRate), 4);
  const total = base + tax - withholding;
  return {
    base: fromMinor(base),
    taxes: taxes.map((one) => ({ rate: one.rate, base: fromMinor(one.base), quota: fromMinor(one.quota) })),
    tax: fromMinor(tax),
    withholding: fromMinor(withholding),
    total: fromMinor(total),
    difference: paperTotal === null ? null : fromMinor(toMinor(paperTotal) - total),
  };
}

export type PurchaseField = "supplier" | "supplierTaxId" | "number" | "issuedOn" | "lines" | "total";

/** What still keeps the form from being saved, in reading order. */
export function missingIn(purchase: Purchase): readonly PurchaseField[] {
  const { supplierId, supplierName, number, issuedOn, lines } = purchase;
  const missing: PurchaseField[] = [];
  if (!supplierId && supplierName.trim() === "") missing.push("supplier");
  if (number.trim() === "") missing.push("number");
  if (issuedOn === null) missing.push("issuedOn");
  if (
    lines.length === 0 ||
    lines.some((line) => line.description.trim() === "" || line.unitPrice === null || line.quantity === null)
  ) {
    missing.push("lines");
  }
  const { difference } = totalsOf(purchase);
  if (difference !== null && toMinor(difference) !== 0n) missing.push("total");
  return missing;
}

/** The price that makes the form add up to the paper, for the last line at its own rate; null if no price does. */
export function balancingPrice(purchase: Purchase): string | null {
  const { lines, paperTotal } = purchase;
  const last = lines.at(-1);
  if (!last || paperTotal === null || last.quantity === null || toMinor(last.quantity) === 0n) return null;
  const withPrice = (price: bigint) =>
    totalsOf({ ...purchase, lines: [...lines.slice(0, -1), { ...last, unitPrice: fromMinor(price) }] });
  const open = toMinor(withPrice(0n).difference ?? "0.00");
  const factor = 10_000n + toMinor(last.taxRate) - toMinor(purchase.withholdingRate);
  if (factor <= 0n) return null;
  const guess = rounded((open * 10_000n * 100n * 100n) / (factor * toMinor(last.quantity)), 2);
  // Rounding of tax may leave a cent; its neighbours are tried too.
  for (const price of [guess, guess + 1n, guess - 1n]) {
    if (toMinor(withPrice(price).difference ?? "1.00") === 0n) return fromMinor(price);
  }
  return null;
}

/** The file after the present one, from the top if it was the last; undefined if none is left. */
export function nextFile(queue: readonly { id: string }[], present: string): string | undefined {
  const at = queue.findIndex(({ id }) => id === present);
  return [...queue.slice(at + 1), ...queue.slice(0, Math.max(0, at))].find(({ id }) => id !== present)?.id;
}
