import { useWords } from "@atrio/kit/words";
import { useMemo } from "react";
import type { WarningCode } from "../gql/operations";

/** What looks wrong with a document before it is approved, in words; a person may know better, a batch does not. */
export function useWarnings(): (codes: readonly WarningCode[]) => readonly string[] {
  const i18n = useWords();
  return useMemo(() => {
    const sentences: Record<WarningCode, string> = {
      DUPLICATE_NUMBER: i18n.t("The supplier's number is there already."),
      LOOKS_ALIKE: i18n.t("It looks like another purchase of the same supplier and amount."),
      NO_CONTACT: i18n.t("It has no contact."),
      NO_TAX_ID: i18n.t("The customer has no tax number."),
      NO_PAPER: i18n.t("No paper is attached."),
      NEW_CONTACT: i18n.t("It is the first one of this supplier."),
      UNUSUAL_AMOUNT: i18n.t("It is more than three times what is usual with this contact."),
      UNUSUAL_ACCOUNT: i18n.t("No document of this supplier was ever booked on this account."),
      FUTURE_DATE: i18n.t("Its date lies in the future."),
      LATE_ISSUE: i18n.t("It is issued after the 15th of the month that follows the operation."),
      LOCKED_PERIOD: i18n.t("Its period is locked."),
      LONG_TERM: i18n.t("It is due more than 60 days after its date."),
      RECTIFIED_BEYOND: i18n.t("It takes back more than there was."),
      INSOLVENCY_TERM: i18n.t("Within three months of the publication of the insolvency."),
      SHORT_WAIT: i18n.t("VAT of a bad debt before a year: only with a turnover up to 6,010,121.04."),
    };
    return (codes) => codes.map((code) => sentences[code]);
  }, [i18n]);
}
