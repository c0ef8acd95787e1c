import type { ContactCardQuery, PaymentMethod, UpdateContactInput, ViesAnswer } from "../gql/operations";

export type Card = NonNullable<ContactCardQuery["contact"]>;

export const TEXTS = [
  "name",
  "tradeName",
  "taxId",
  "email",
  "phone",
  "address",
  "postcode",
  "city",
  "province",
  "country",
  "incomeAccountCode",
  "expenseAccountCode",
  "salesTaxCode",
  "purchaseTaxCode",
  "notes",
] as const;
export type TextName = (typeof TEXTS)[number];

/** An account on the form: one of the card, by its id, or a number that was typed. */
export interface IbanRow {
  id?: string;
  shown: string;
  isDefault: boolean;
}

/** What the form holds: text as it was typed, so that nothing is lost when a value is refused. */
export interface CardForm {
  texts: Record<TextName, string>;
  isCustomer: boolean;
  isSupplier: boolean;
  language: string;
  paymentMethod: PaymentMethod | "";
  /** IRPF in per cent; null for none. */
  salesWithholdingRate: string | null;
  purchaseWithholdingRate: string | null;
  viesAnswer: ViesAnswer | "";
  viesCheckedOn: string | null;
  days: string;
  monthEnd: boolean;
  payDays: string;
  tags: string;
  ibans: readonly IbanRow[];
}

export function emptyForm(): CardForm {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, name === "country" ? "ES" : ""])) as Record<TextName, string>;
  return {
    texts,
    isCustomer: true,
    isSupplier: false,
    language: "es",
    paymentMethod: "",
    salesWithholdingRate: null,
    purchaseWithholdingRate: null,
    viesAnswer: "",
    viesCheckedOn: null,
    days: "",
    monthEnd: false,
    payDays: "",
    tags: "",
    ibans: [],
  };
}

export function formOf(card: Card): CardForm {
  return {
    texts: Object.fromEntries(TEXTS.map((name) => [name, card[name] ?? ""])) as Record<TextName, string>,
    isCustomer: card.isCustomer,
    isSupplier: card.isSupplier,
    language: card.language,
    paymentMethod: card.paymentMethod ?? "",
    salesWithholdingRate: card.salesWithholdingRate ?? null,
    purchaseWithholdingRate: card.purchaseWithholdingRate ?? null,
    viesAnswer: card.viesAnswer ?? "",
    viesCheckedOn: card.viesCheckedOn ?? null,
    days: card.paymentTerms?.days.join(", ") ?? "",
    monthEnd: card.paymentTerms?.monthEnd ?? false,
    payDays: card.paymentTerms?.payDays.join(", ") ?? "",
    tags: card.tags?.join(", ") ?? "",
    ibans: (card.ibans ?? []).map(({ id, iban, masked, isDefault }) => ({ id, shown: iban ?? masked, isDefault })),
  };
}

/** Whole numbers out of "30, 60 y 90". */
export function numbersOf(text: string): number[] {
  return (text.match(/\d+/g) ?? []).map(Number).filter((number) => number <= 100_000);
}

/** Words between commas. */
export function wordsOf(text: string): string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);
}

type Values = Omit<UpdateContactInput, "id" | "version">;

/** The form as the gateway takes it. Empty text empties; an account of the card is named by its id. */
export function valuesOf(form: CardForm): Values & { name: string; country: string } {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, form.texts[name].trim() || null])) as Record<
    TextName,
    string | null
  >;
  return {
    ...texts,
    name: form.texts.name.trim(),
    country: form.texts.country.trim().toUpperCase() || "ES",
    isCustomer: form.isCustomer,
    isSupplier: form.isSupplier,
    language: form.language,
    paymentMethod: form.paymentMethod || null,
    salesWithholdingRate: form.salesWithholdingRate,
    purchaseWithholdingRate: form.purchaseWithholdingRate,
    viesAnswer: form.viesAnswer || null,
    viesCheckedOn: form.viesAnswer ? form.viesCheckedOn : null,
    paymentTerms: { days: numbersOf(form.days), monthEnd: form.monthEnd, payDays: numbersOf(form.payDays) },
    tags: wordsOf(form.tags),
    ibans: form.ibans
      .filter(({ id, shown }) => id !== undefined || shown.trim() !== "")
      .map(({ id, shown, isDefault }) => (id === undefined ? { iban: shown.trim(), isDefault } : { id, isDefault })),
  };
}

/** The accounts when another one is the usual. */
export function withUsual(ibans: readonly IbanRow[], place: number): readonly IbanRow[] {
  return ibans.map((one, at) => ({ ...one, isDefault: at === place }));
}

/** The accounts less one; the first of the others takes over when it was the usual. */
export function withoutIban(ibans: readonly IbanRow[], place: number): readonly IbanRow[] {
  const others = ibans.filter((_, at) => at !== place);
  return others.some(({ isDefault }) => isDefault) ? others : withUsual(others, 0);
}

/** The field of the form that a refusal is about, from its path; undefined if it is about the whole. */
export function fieldOf(path: readonly string[]): string | undefined {
  const [, name, place] = path;
  if (name === undefined) return undefined;
  if (name === "paymentTerms") return place ?? "days";
  return name === "ibans" && place !== undefined ? `ibans.${place}` : name;
}
