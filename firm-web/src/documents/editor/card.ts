import type { DocumentSide } from "../../app/places";
import type { ContactDefaultsQuery } from "../../gql/operations";
import { type Draft, defaultTaxCode, type LineDefaults, type Payment } from "./draft";

export type ContactCard = NonNullable<ContactDefaultsQuery["contact"]>;

/** Kinds that are paid; the gateway asks the card for the same ones. */
const PAID: readonly Draft["type"][] = ["SALES_INVOICE", "PURCHASE_INVOICE", "EXPENSE"];

/**
 * The form after a contact was chosen: what its card says stands where nobody has typed anything, or where the
 * contact before had filled it in.
 */
export function withCard(draft: Draft, card: ContactCard | null, side: DocumentSide): Draft {
  const before = draft.card;
  const account = (side === "sales" ? card?.incomeAccountCode : card?.expenseAccountCode) ?? "";
  const taxCode = (side === "sales" ? card?.salesTaxCode : card?.purchaseTaxCode) ?? defaultTaxCode(side);
  const isPaid = PAID.includes(draft.type) && draft.rectification === null;
  const payment = (isPaid && paymentOf(card)) || NO_DAY;
  const method = (isPaid && card?.paymentMethod) || null;
  const withholding = (side === "sales" ? card?.salesWithholdingRate : card?.purchaseWithholdingRate) ?? "0";
  const untouched = draft.payment === before?.payment || (draft.payment.how === "day" && draft.payment.dueOn === null);
  const lines: LineDefaults = { account, taxCode };
  return {
    ...draft,
    card: { ...lines, payment, method, withholding },
    payment: untouched ? payment : draft.payment,
    paymentMethod: draft.paymentMethod === (before?.method ?? null) ? method : draft.paymentMethod,
    // A document that corrects another one withholds what that one did.
    withholdingRate:
      draft.rectification === null && draft.withholdingRate === (before?.withholding ?? "0")
        ? withholding
        : draft.withholdingRate,
    lines: draft.lines.map((line) => ({
      ...line,
      taxCode: line.taxCode === (before?.taxCode ?? defaultTaxCode(side)) ? taxCode : line.taxCode,
      ...(line.account === (line.filledIn ?? "") ? { account, filledIn: account } : {}),
    })),
  };
}

const NO_DAY: Payment = { how: "day", dueOn: null };

function paymentOf(card: ContactCard | null): Payment | null {
  const terms = card?.paymentTerms;
  if (!terms || (terms.days.length === 0 && !terms.monthEnd && terms.payDays.length === 0)) return null;
  const { days, monthEnd, payDays } = terms;
  return { how: "terms", days: days.length > 0 ? days : [0], monthEnd, payDays };
}
