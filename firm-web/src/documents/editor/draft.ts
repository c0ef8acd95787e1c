import { isZero, toMinor } from "@atrio/kit/format";
import type { DocumentType } from "../../app/documentWords";
import type { DocumentSide } from "../../app/places";
import type { TaxCode } from "../../app/taxCodes";
import type { PaymentMethod, RectificationCause, VatRegime } from "../../gql/operations";
import { type LineAmounts, totalsOf } from "./totals";

/** One line of the form; amounts are decimal text, null while they are not understood. */
export interface DraftLine {
  key: string;
  /** The kept line it was filled from: it keeps what it was converted from. */
  id?: string;
  description: string;
  /** Code of the ledger account; empty leaves it to the kind of line. */
  account: string;
  /** The account that the contact's card gave; while it stands there, nobody has typed one. */
  filledIn?: string;
  isProduct: boolean;
  quantity: string | null;
  unitPrice: string | null;
  discountPercent: string | null;
  taxCode: string;
  /** How much of the VAT the buyer deducts, in per cent; purchases only. */
  deductiblePercent: string | null;
}

export interface DraftPart {
  key: string;
  dueOn: string | null;
  amount: string | null;
}

/** When it is to be paid: on a day, so many days after the issue (several make equal parts), or in parts. */
export type Payment =
  | { how: "day"; dueOn: string | null }
  | { how: "terms"; days: readonly number[]; monthEnd?: boolean; payDays?: readonly number[] }
  | { how: "parts"; parts: readonly DraftPart[] };

/** What a new line begins with. */
export interface LineDefaults {
  account: string;
  taxCode: string;
}

export interface DraftContact {
  id: string;
  name: string;
  taxId?: string | null;
}

export interface Rectification {
  rectifiesId: string;
  /** Number of the document that is corrected, to be shown. */
  number: string;
  reason: string;
  method: "S" | "I";
  cause: RectificationCause;
}

/** A document as it stands in the form. */
export interface Draft {
  type: DocumentType;
  contact: DraftContact | null;
  /** The supplier's own number. */
  number: string;
  isSimplified: boolean;
  /** Code of a series of the company; null for the usual one. */
  series: string | null;
  issuedOn: string | null;
  operationOn: string | null;
  /** Of a purchase: the day it arrived, where entry and VAT follow that. */
  receivedOn: string | null;
  payment: Payment;
  paymentMethod: PaymentMethod | null;
  /** What the chosen contact's card filled in; null before one is chosen here. */
  card: (LineDefaults & { payment: Payment; method: PaymentMethod | null; withholding: string }) | null;
  currency: string;
  /** What one unit of another currency is worth in that of the books; null asks the company's table. */
  exchangeRate: string | null;
  pricesIncludeTax: boolean;
  withholdingRate: string | null;
  notes: string;
  rectification: Rectification | null;
  /** VAT as the supplier printed it, by tax code, where it is not what the lines give. */
  printedQuotas: Readonly<Record<string, string>>;
  lines: readonly DraftLine[];
}

/** Kinds that come from a supplier and keep its number. */
export const SUPPLIER_NUMBERED: readonly DocumentType[] = ["PURCHASE_INVOICE", "EXPENSE"];
export const CURRENCIES = ["EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN"] as const;
export const WITHHOLDING_RATES = ["0", "1", "2", "7", "15", "19", "24"] as const;
/** Payment terms that are offered, in days after the issue. */
export const TERMS: readonly (readonly number[])[] = [[0], [15], [30], [60], [90], [30, 60], [30, 60, 90]];
export const LINES_MAX = 500;

let made = 0;

export function newKey(): string {
  made += 1;
  return `new-${made}`;
}

export const defaultTaxCode = (side: DocumentSide) => (side === "sales" ? "S21" : "P21");

export function newLine(side: DocumentSide, defaults: LineDefaults | null = null): DraftLine {
  return {
    key: newKey(),
    description: "",
    account: defaults?.account ?? "",
    filledIn: defaults?.account,
    isProduct: false,
    quantity: "1",
    unitPrice: null,
    discountPercent: null,
    taxCode: defaults?.taxCode ?? defaultTaxCode(side),
    deductiblePercent: "100",
  };
}

export function newDraft(type: DocumentType, side: DocumentSide, today: string): Draft {
  return {
    type,
    contact: null,
    number: "",
    isSimplified: false,
    series: null,
    issuedOn: side === "sales" ? today : null,
    operationOn: null,
    receivedOn: null,
    payment: { how: "day", dueOn: null },
    paymentMethod: null,
    card: null,
    currency: "EUR",
    exchangeRate: null,
    pricesIncludeTax: false,
    withholdingRate: "0",
    notes: "",
    rectification: null,
    printedQuotas: {},
    lines: [newLine(side)],
  };
}

/** A line nobody has touched: the one that waits at the end. It is not sent. */
export function isBlank({ description, unitPrice, account, filledIn = "" }: DraftLine): boolean {
  return description.trim() === "" && unitPrice === null && account === filledIn;
}

/** The lines that count. */
export function filledLines(lines: readonly DraftLine[]): readonly DraftLine[] {
  return lines.filter((line) => !isBlank(line));
}

/** Lines as the sums take them. */
export function amountsOf(lines: readonly DraftLine[], codes: ReadonlyMap<string, TaxCode>): readonly LineAmounts[] {
  return lines.map(({ quantity, unitPrice, discountPercent, taxCode }) => ({
    quantity,
    unitPrice,
    discountPercent,
    tax: codes.get(taxCode) ?? null,
  }));
}

/** Paths of the input that are still empty, in reading order; the gateway judges the rest. */
export function missingIn(draft: Draft): readonly string[] {
  const missing: string[] = [];
  if (draft.issuedOn === null) missing.push("issuedOn");
  if (draft.rectification && draft.rectification.reason.trim() === "") missing.push("rectification.reason");
  const lines = filledLines(draft.lines);
  if (lines.length === 0) missing.push("lines.0.description");
  for (const [at, line] of lines.entries()) {
    if (line.description.trim() === "") missing.push(`lines.${at}.description`);
    if (line.quantity === null) missing.push(`lines.${at}.quantity`);
    if (line.unitPrice === null) missing.push(`lines.${at}.unitPrice`);
  }
  if (draft.payment.how === "parts") {
    for (const [at, part] of draft.payment.parts.entries())
      if (part.dueOn === null || part.amount === null) missing.push(`instalments.${at}`);
  }
  return missing;
}

/** What every input of a document says; the side adds its own fields, the act the rest. */
export function contentOf(draft: Draft, side: DocumentSide) {
  const { contact, issuedOn, operationOn, payment, currency, exchangeRate, pricesIncludeTax, rectification } = draft;
  return {
    contactId: contact?.id ?? null,
    series: draft.series,
    issuedOn: issuedOn ?? "",
    operationOn,
    dueOn: payment.how === "day" ? payment.dueOn : null,
    paymentTerms:
      payment.how === "terms"
        ? { days: [...payment.days], monthEnd: payment.monthEnd ?? false, payDays: [...(payment.payDays ?? [])] }
        : null,
    paymentMethod: draft.paymentMethod,
    instalments:
      payment.how === "parts" ? payment.parts.map(({ dueOn, amount }) => ({ dueOn: dueOn ?? "", amount: amount ?? "0" })) : [],
    currency,
    exchangeRate: currency === "EUR" ? null : exchangeRate,
    pricesIncludeTax,
    description: draft.notes.trim() || null,
    withholdingRate: draft.withholdingRate ?? "0",
    rectification: rectification && {
      rectifiesId: rectification.rectifiesId,
      reason: rectification.reason.trim(),
      method: rectification.method,
      cause: rectification.cause,
    },
    lines: filledLines(draft.lines).map((line) => ({
      id: line.id ?? null,
      description: line.description.trim(),
      quantity: line.quantity ?? "1",
      unitPrice: line.unitPrice ?? "0",
      discountPercent: line.discountPercent ?? "0",
      taxCode: line.taxCode,
      deductiblePercent: side === "purchases" ? (line.deductiblePercent ?? "100") : "100",
      ledgerAccountCode: line.account.trim() || null,
      isProduct: line.isProduct,
    })),
  };
}

export function salesContentOf(draft: Draft) {
  return { isSimplified: draft.type === "SALES_INVOICE" && draft.isSimplified };
}

export function purchaseContentOf(draft: Draft) {
  return {
    number: SUPPLIER_NUMBERED.includes(draft.type) ? draft.number.trim() || null : null,
    receivedOn: draft.receivedOn,
    printedTaxes: printedCodes(draft).map((taxCode) => ({ taxCode, quota: draft.printedQuotas[taxCode] ?? "0" })),
  };
}

/** Codes of the lines for which the supplier's VAT was typed, in the order they are sent. */
export function printedCodes({ lines, printedQuotas }: Pick<Draft, "lines" | "printedQuotas">): readonly string[] {
  return [...new Set(filledLines(lines).map(({ taxCode }) => taxCode))].filter((code) => printedQuotas[code] !== undefined);
}

interface KeptTax {
  taxCode: string;
  rate: string;
  surchargeRate: string;
  quota: string;
}

/** A kept document, as much of it as the form needs. */
export interface KeptDocument {
  type: DocumentType;
  number?: string | null;
  isSimplified?: boolean;
  series?: string | null;
  issuedOn: string;
  operationOn?: string | null;
  receivedOn?: string | null;
  dueOn?: string | null;
  paymentMethod?: PaymentMethod | null;
  currency: string;
  exchangeRate?: string | null;
  pricesIncludeTax: boolean;
  withholdingRate: string;
  description?: string | null;
  rectificationReason?: string | null;
  rectificationMethod?: "S" | "I" | null;
  rectificationCause?: RectificationCause | null;
  rectifies?: { id: string; number?: string | null } | null;
  contact?: DraftContact | null;
  instalments?: readonly { dueOn: string; amount: string }[] | null;
  regime?: VatRegime;
  taxes?: readonly KeptTax[] | null;
  lines?:
    | readonly {
        id: string;
        description: string;
        isProduct: boolean;
        quantity: string;
        unitPrice: string;
        discountPercent: string;
        taxCode: string;
        deductiblePercent: string;
        ledgerAccountCode?: string | null;
      }[]
    | null;
}

/** The form filled from a document, ready to change it or to make another like it. */
export function draftOf(kept: KeptDocument): Draft {
  const parts = kept.instalments ?? [];
  const { rectifies } = kept;
  return {
    type: kept.type,
    contact: kept.contact ?? null,
    number: kept.number ?? "",
    isSimplified: kept.isSimplified ?? false,
    series: kept.series ?? null,
    issuedOn: kept.issuedOn,
    operationOn: kept.operationOn ?? null,
    receivedOn: kept.receivedOn ?? null,
    payment:
      parts.length > 0
        ? { how: "parts", parts: parts.map(({ dueOn, amount }) => ({ key: newKey(), dueOn, amount })) }
        : { how: "day", dueOn: kept.dueOn ?? null },
    paymentMethod: kept.paymentMethod ?? null,
    card: null,
    currency: kept.currency,
    exchangeRate: kept.currency === "EUR" ? null : (kept.exchangeRate ?? null),
    pricesIncludeTax: kept.pricesIncludeTax,
    withholdingRate: kept.withholdingRate,
    notes: kept.description ?? "",
    rectification: rectifies
      ? {
          rectifiesId: rectifies.id,
          number: rectifies.number ?? "",
          reason: kept.rectificationReason ?? "",
          method: kept.rectificationMethod ?? "I",
          cause: kept.rectificationCause ?? "CORRECTION",
        }
      : null,
    printedQuotas: printedIn(kept),
    lines: (kept.lines ?? []).map((line) => ({
      key: line.id,
      id: line.id,
      description: line.description,
      account: line.ledgerAccountCode ?? "",
      isProduct: line.isProduct,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      discountPercent: isZero(line.discountPercent) ? null : line.discountPercent,
      taxCode: line.taxCode,
      deductiblePercent: line.deductiblePercent,
    })),
  };
}

/** The kept VAT that is not what the lines give: the supplier printed it so. */
function printedIn({
  lines,
  taxes,
  regime = "DOMESTIC",
  pricesIncludeTax,
  withholdingRate,
}: KeptDocument): Record<string, string> {
  const known = new Map((taxes ?? []).map((tax) => [tax.taxCode, tax]));
  const amounts = (lines ?? []).map(({ taxCode, ...line }) => {
    const tax = known.get(taxCode);
    return { ...line, tax: tax ? { ...tax, code: taxCode, side: "PURCHASES" as const, regime } : null };
  });
  const computed = totalsOf(amounts, { withholdingRate, pricesIncludeTax }).taxes;
  const off = computed.filter(({ tax, quota }) => toMinor(known.get(tax.code)?.quota ?? quota) !== toMinor(quota));
  return Object.fromEntries(off.map(({ tax }) => [tax.code, known.get(tax.code)?.quota ?? ""]));
}
