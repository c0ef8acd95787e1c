import { useWords } from "@atrio/kit/words";
import type { RectificationCause } from "../gql/operations";

/** Why an invoice is rectified, as the law tells causes apart: decides its type in VeriFactu. */
export function useRectificationCauses(): Record<RectificationCause, string> {
  const i18n = useWords();
  return {
    CORRECTION: i18n.t("Return, discount, price or error (R1)"),
    INSOLVENCY: i18n.t("Insolvency of the customer, VAT only (R2)"),
    UNCOLLECTABLE: i18n.t("Uncollectable debt, VAT only (R3)"),
    OTHER: i18n.t("Other causes (R4)"),
  };
}
