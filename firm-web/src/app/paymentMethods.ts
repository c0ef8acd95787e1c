import { useWords } from "@atrio/kit/words";
import type { PaymentMethod } from "../gql/operations";

/** How money goes to or comes from a contact, in words. */
export function usePaymentMethods(): Record<PaymentMethod, string> {
  const i18n = useWords();
  return {
    TRANSFER: i18n.t("Transfer"),
    DIRECT_DEBIT: i18n.t("Direct debit"),
    CARD: i18n.t("Card"),
    CASH: i18n.t("Cash"),
    CHEQUE: i18n.t("Cheque"),
    PROMISSORY_NOTE: i18n.t("Promissory note"),
    CONFIRMING: i18n.t("Confirming"),
  };
}
