import { fromMinor, toMinor } from "@atrio/kit/format";
import type { TaxNature, TaxSide, VatRegime } from "../../gql/operations";

/**
 * What a document adds up to, while it is typed: the same rules as the gateway's
 * (services/documents/rules/amounts.py), in whole numbers, so that both show the same cents.
 *
 * VAT per tax code on the sum of the bases, half cents away from zero; withholding of the base, of which outlays
 * are no part. Everything has the sign of its quantity.
 */

/** Decimals that quantities and prices, and that percentages are kept with. */
export const PRICE_PLACES = 4;
export const PERCENT_PLACES = 2;

/** What the sums need of a tax code; rates in per cent, decimal text. */
export interface TaxRule {
  code: string;
  side: TaxSide;
  regime: VatRegime;
  nature?: TaxNature;
  rate: string;
  surchargeRate: string;
}

/** What a line says; decimal text, null while it is not understood. */
export interface LineAmounts {
  quantity: string | null;
  unitPrice: string | null;
  discountPercent: string | null;
  /** Null while no code is chosen. */
  tax: TaxRule | null;
}

export interface TaxTotal {
  tax: TaxRule;
  base: string;
  quota: string;
  surcharge: string;
  /** Whether the quota is part of the total; else the buyer assesses it. */
  charged: boolean;
  /** What the lines give where another VAT was printed; else the quota. */
  computed: string;
}

export interface Totals {
  /** Base of each line, in the order given. */
  lineBases: readonly string[];
  base: string;
  /** One per code, the highest rate first. */
  taxes: readonly TaxTotal[];
  tax: string;
  surcharge: string;
  withholding: string;
  /** What was paid in the customer's name: part of the total alone. */
  outlays: string;
  total: string;
}

interface Options {
  /** Per cent of the whole base. */
  withholdingRate: string | null;
  pricesIncludeTax: boolean;
  /** VAT as the supplier printed it, by code: it stands instead of the computed one. */
  printedQuotas?: Readonly<Record<string, string>>;
}

const HUNDRED = 100n * 10n ** BigInt(PERCENT_PLACES);

/** Whole number nearest to a fraction; halves go away from zero. */
function nearest(over: bigint, under: bigint): bigint {
  const negative = over < 0n !== under < 0n;
  const [size, part] = [over < 0n ? -over : over, under < 0n ? -under : under];
  const found = (2n * size + part) / (2n * part);
  return negative ? -found : found;
}

const percent = (text: string | null) => (text === null ? 0n : toMinor(text, PERCENT_PLACES));
const percentOf = (cents: bigint, rate: bigint) => nearest(cents * rate, HUNDRED);
const sum = (values: readonly bigint[]) => values.reduce((all, one) => all + one, 0n);

/** Quantity times price less discount, in cents; nothing while a part is not understood. */
function lineCents({ quantity, unitPrice, discountPercent }: LineAmounts): bigint {
  if (quantity === null || unitPrice === null) return 0n;
  const exact = toMinor(quantity, PRICE_PLACES) * toMinor(unitPrice, PRICE_PLACES) * (HUNDRED - percent(discountPercent));
  return nearest(exact, HUNDRED * 10n ** BigInt(2 * PRICE_PLACES - 2));
}

/** Shares of an amount by weights, without losing a cent; the first gets all where nothing weighs. */
function sharesOf(amount: bigint, weights: readonly bigint[]): readonly bigint[] {
  const whole = sum(weights);
  if (whole === 0n) return weights.map((_, at) => (at === 0 ? amount : 0n));
  let [given, running] = [0n, 0n];
  return weights.map((weight) => {
    running += weight;
    const share = nearest(amount * running, whole) - given;
    given += share;
    return share;
  });
}

/** Import VAT stands on the customs agent's invoice; other VAT on purchases from abroad is the buyer's to assess. */
export function isCharged({ regime, side }: TaxRule): boolean {
  return regime === "DOMESTIC" || regime === "EQUIVALENCE_SURCHARGE" || (regime === "EXPORT" && side === "PURCHASES");
}

interface CodeTotal {
  tax: TaxRule;
  places: readonly number[];
  base: bigint;
  quota: bigint;
  surcharge: bigint;
}

/** The VAT of one code. Prices that include it are split once on their sum. */
function codeTotal(tax: TaxRule, places: readonly number[], amount: bigint, pricesIncludeTax: boolean): CodeTotal {
  const [rate, surchargeRate] = [percent(tax.rate), percent(tax.surchargeRate)];
  if (!pricesIncludeTax || !isCharged(tax)) {
    const surcharge = pricesIncludeTax ? 0n : percentOf(amount, surchargeRate);
    return { tax, places, base: amount, quota: percentOf(amount, rate), surcharge };
  }
  const base = nearest(amount * HUNDRED, HUNDRED + rate + surchargeRate);
  const surcharge = percentOf(base, surchargeRate);
  return { tax, places, base, quota: amount - base - surcharge, surcharge };
}

export function totalsOf(
  lines: readonly LineAmounts[],
  { withholdingRate, pricesIncludeTax, printedQuotas = {} }: Options,
): Totals {
  const amounts = lines.map(lineCents);
  const bases = [...amounts];
  const byCode = new Map<string, { tax: TaxRule; places: number[] }>();
  let outlays = 0n;
  for (const [at, { tax }] of lines.entries()) {
    if (tax?.nature === "OUTLAY") outlays += amounts[at] ?? 0n;
    if (!tax || tax.nature === "OUTLAY") continue;
    const known = byCode.get(tax.code) ?? { tax, places: [] };
    known.places.push(at);
    byCode.set(tax.code, known);
  }
  const codes = [...byCode.values()].map(({ tax, places }) => {
    const own = places.map((at) => amounts[at] ?? 0n);
    const found = codeTotal(tax, places, sum(own), pricesIncludeTax);
    const shares = pricesIncludeTax ? sharesOf(found.base, own) : own;
    for (const [index, at] of places.entries()) bases[at] = shares[index] ?? 0n;
    const printed = printedQuotas[tax.code];
    return { ...found, computed: found.quota, quota: printed === undefined ? found.quota : toMinor(printed) };
  });
  codes.sort((a, b) => Number(percent(b.tax.rate) - percent(a.tax.rate)) || (a.tax.code < b.tax.code ? -1 : 1));
  const base = sum(bases) - outlays;
  const tax = sum(codes.map((one) => (isCharged(one.tax) ? one.quota : 0n)));
  const surcharge = sum(codes.map((one) => one.surcharge));
  const withholding = percentOf(base, percent(withholdingRate));
  return {
    lineBases: bases.map((one) => fromMinor(one)),
    base: fromMinor(base),
    taxes: codes.map((one) => ({
      tax: one.tax,
      base: fromMinor(one.base),
      quota: fromMinor(one.quota),
      surcharge: fromMinor(one.surcharge),
      charged: isCharged(one.tax),
      computed: fromMinor(one.computed),
    })),
    tax: fromMinor(tax),
    surcharge: fromMinor(surcharge),
    withholding: fromMinor(withholding),
    outlays: fromMinor(outlays),
    total: fromMinor(base + tax + surcharge - withholding + outlays),
  };
}
