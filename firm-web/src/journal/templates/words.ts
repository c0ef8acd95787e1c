import { useWords } from "@atrio/kit/words";
import { useMemo } from "react";
import type { EntryAssistantKind } from "../../gql/operations";

/** Assistants and what they ask for, in words. An unknown value shows as the gateway names it. */
export function useAssistantWords() {
  const i18n = useWords();
  return useMemo(() => {
    const kinds: Record<EntryAssistantKind, string> = {
      PAYROLL: i18n.t("Payroll"),
      PAY_WAGES: i18n.t("Wages paid"),
      PAY_SOCIAL_SECURITY: i18n.t("Social security paid"),
      DEPRECIATION: i18n.t("Depreciation of the month"),
      BANK_FEE: i18n.t("Bank fee"),
      BANK_INTEREST: i18n.t("Bank interest"),
      VAT_SETTLEMENT: i18n.t("VAT settlement"),
      PAY_MODEL_303: i18n.t("Model 303 paid (VAT)"),
      PAY_MODEL_111: i18n.t("Model 111 paid (withholdings)"),
      PAY_MODEL_115: i18n.t("Model 115 paid (rents)"),
      PAY_MODEL_130: i18n.t("Model 130 paid (income tax on account)"),
      PAY_MODEL_200: i18n.t("Model 200 paid (tax on profit)"),
      STOCK_CHANGE: i18n.t("Change of stock"),
      PREPAID_EXPENSE: i18n.t("Prepaid expense"),
      DEFERRED_INCOME: i18n.t("Deferred income"),
      RECLASSIFIED_LOAN: i18n.t("Loan due within a year"),
      DOUBTFUL_CUSTOMER: i18n.t("Doubtful customer"),
      CORPORATE_TAX: i18n.t("Tax on profit"),
      DISTRIBUTION: i18n.t("Distribution of the result"),
      OWNER_CAPITAL: i18n.t("Result and drawings of a sole trader to capital"),
    };
    const values: Record<string, string> = {
      gross: i18n.t("Gross"),
      employeeSocialSecurity: i18n.t("Social security of the employee"),
      incomeTax: i18n.t("Income tax withheld"),
      employerSocialSecurity: i18n.t("Social security of the company"),
      contact: i18n.t("Contact"),
      amount: i18n.t("Amount"),
      bank: i18n.t("Bank account"),
      cost: i18n.t("Cost"),
      percent: i18n.t("Per cent a year"),
      inServiceOn: i18n.t("In service since"),
      month: i18n.t("A day of the month"),
      expense: i18n.t("Expense account"),
      accumulated: i18n.t("Accumulated depreciation"),
      withheld: i18n.t("Withheld"),
      until: i18n.t("Until"),
      account: i18n.t("Account"),
      opening: i18n.t("At the beginning of the year"),
      closing: i18n.t("At the end of the year"),
      impairment: i18n.t("Likely lost, without VAT"),
      tax: i18n.t("Tax of the year"),
      profit: i18n.t("Profit"),
      loss: i18n.t("Loss"),
      capital: i18n.t("Share capital (left empty: as booked)"),
      legalReserve: i18n.t("Legal reserve so far (left empty: as booked)"),
      dividend: i18n.t("Dividend"),
    };
    return { kinds, value: (name: string) => values[name] ?? name };
  }, [i18n]);
}
