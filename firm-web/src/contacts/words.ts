import { useWords } from "@atrio/kit/words";
import type { ContactImportField, Likeness, ViesAnswer } from "../gql/operations";

export function useLikenesses(): Record<Likeness, string> {
  const i18n = useWords();
  return { TAX_ID: i18n.t("Same tax number"), EMAIL: i18n.t("Same e-mail"), NAME: i18n.t("Similar name") };
}

export function useViesAnswers(): Record<ViesAnswer, string> {
  const i18n = useWords();
  return { REGISTERED: i18n.t("Registered"), NOT_REGISTERED: i18n.t("Not registered") };
}

export function useImportFields(): Record<ContactImportField, string> {
  const i18n = useWords();
  return {
    NAME: i18n.t("Name"),
    TRADE_NAME: i18n.t("Trade name"),
    TAX_ID: i18n.t("Tax number"),
    EMAIL: i18n.t("E-mail"),
    PHONE: i18n.t("Phone"),
    ADDRESS: i18n.t("Address"),
    POSTCODE: i18n.t("Postcode"),
    CITY: i18n.t("Town"),
    PROVINCE: i18n.t("Province"),
    COUNTRY: i18n.t("Country"),
    LANGUAGE: i18n.t("Language of documents"),
    KIND: i18n.t("Customer or supplier"),
    IBAN: i18n.t("Bank account"),
    TERMS_DAYS: i18n.t("Days after the invoice"),
    PAY_DAYS: i18n.t("Fixed pay days"),
    PAYMENT_METHOD: i18n.t("Payment method"),
    INCOME_ACCOUNT: i18n.t("Account for sales"),
    EXPENSE_ACCOUNT: i18n.t("Account for purchases"),
    TAGS: i18n.t("Tags"),
    NOTES: i18n.t("Notes"),
  };
}
