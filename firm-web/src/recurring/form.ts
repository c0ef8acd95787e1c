import type { RecurringFollowUp, RecurringFrequency, RecurringInvoiceInput, RecurringTemplateQuery } from "../gql/operations";

export type Template = NonNullable<RecurringTemplateQuery["recurringInvoice"]>;

export interface TemplateLine {
  key: string;
  description: string;
  quantity: string | null;
  unitPrice: string | null;
  discountPercent: string | null;
  /** A code of the table, or "rate:21" for a bare rate. */
  tax: string;
  isProduct: boolean;
  ledgerAccountCode: string | null;
}

/** What the form holds; dates are ISO days, numbers text. */
export interface TemplateDraft {
  name: string;
  contactId: string | undefined;
  contactName: string;
  frequency: RecurringFrequency;
  every: string | null;
  startsOn: string | null;
  endsOn: string | null;
  countMax: string | null;
  followUp: RecurringFollowUp;
  attachesPdf: boolean;
  dueDays: string | null;
  description: string;
  withholdingRate: string | null;
  currency: string;
  lines: readonly TemplateLine[];
}

let made = 0;

export function newLine(): TemplateLine {
  made += 1;
  return {
    key: `new${made}`,
    description: "",
    quantity: "1",
    unitPrice: null,
    discountPercent: null,
    tax: "S21",
    isProduct: false,
    ledgerAccountCode: null,
  };
}

/** A new template attaches the PDF and leaves drafts, until somebody says otherwise. */
export function emptyDraft(today: string): TemplateDraft {
  return {
    name: "",
    contactId: undefined,
    contactName: "",
    frequency: "MONTHLY",
    every: "1",
    startsOn: today,
    endsOn: null,
    countMax: null,
    followUp: "DRAFT",
    attachesPdf: true,
    dueDays: null,
    description: "",
    withholdingRate: null,
    currency: "EUR",
    lines: [newLine()],
  };
}

export function draftOf(template: Template): TemplateDraft {
  return {
    name: template.name,
    contactId: template.contact?.id,
    contactName: template.contact?.name ?? "",
    frequency: template.frequency,
    every: String(template.every),
    startsOn: template.startsOn,
    endsOn: template.endsOn ?? null,
    countMax: template.countMax === null || template.countMax === undefined ? null : String(template.countMax),
    followUp: template.followUp,
    attachesPdf: template.attachesPdf,
    dueDays: template.dueDays === null || template.dueDays === undefined ? null : String(template.dueDays),
    description: template.description ?? "",
    withholdingRate: template.withholdingRate,
    currency: template.currency,
    lines: (template.lines ?? []).map((line) => ({
      key: line.id,
      description: line.description,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      discountPercent: line.discountPercent,
      tax: line.taxCode ?? `rate:${line.taxRate ?? "21"}`,
      isProduct: line.isProduct,
      ledgerAccountCode: line.ledgerAccountCode ?? null,
    })),
  };
}

export function scheduleOf(draft: TemplateDraft): RecurringInvoiceInput["schedule"] | undefined {
  if (!draft.startsOn) return undefined;
  return {
    startsOn: draft.startsOn,
    frequency: draft.frequency,
    every: draft.frequency === "WEEKLY" ? Number(draft.every ?? "1") : 1,
    endsOn: draft.endsOn,
    countMax: draft.countMax === null ? null : Number(draft.countMax),
  };
}

/** What is sent; undefined while the customer or the first date is missing. */
export function inputOf(draft: TemplateDraft): RecurringInvoiceInput | undefined {
  const schedule = scheduleOf(draft);
  if (!draft.contactId || !schedule) return undefined;
  return {
    contactId: draft.contactId,
    name: draft.name,
    schedule,
    followUp: draft.followUp,
    attachesPdf: draft.attachesPdf,
    currency: draft.currency,
    description: draft.description.trim() || null,
    withholdingRate: draft.withholdingRate ?? undefined,
    dueDays: draft.dueDays === null ? null : Number(draft.dueDays),
    lines: draft.lines.map((line) => ({
      description: line.description,
      quantity: line.quantity ?? "1",
      unitPrice: line.unitPrice ?? "0",
      discountPercent: line.discountPercent ?? "0",
      taxCode: line.tax.startsWith("rate:") ? null : line.tax,
      taxRate: line.tax.startsWith("rate:") ? line.tax.slice("rate:".length) : null,
      isProduct: line.isProduct,
      ledgerAccountCode: line.ledgerAccountCode,
    })),
  };
}
