import { useWords } from "@atrio/kit/words";
import { useMemo } from "react";
import { useLineNames } from "./lineNames";

/** What each ratio is called, and its formula in words. */
export function useRatioNames(): Readonly<Record<string, { name: string; formula: string }>> {
  const i18n = useWords();
  return useMemo(
    () => ({
      CURRENT_RATIO: { name: i18n.t("Current ratio"), formula: i18n.t("Current assets / current liabilities") },
      ACID_TEST: { name: i18n.t("Acid test"), formula: i18n.t("(Current assets − stocks) / current liabilities") },
      CASH_RATIO: {
        name: i18n.t("Cash ratio"),
        formula: i18n.t("(Cash + short-term financial investments) / current liabilities"),
      },
      WORKING_CAPITAL: { name: i18n.t("Working capital"), formula: i18n.t("Current assets − current liabilities") },
      DEBT: { name: i18n.t("Debt to equity"), formula: i18n.t("Liabilities / equity") },
      AUTONOMY: { name: i18n.t("Autonomy"), formula: i18n.t("Equity / total assets") },
      SOLVENCY: { name: i18n.t("Solvency"), formula: i18n.t("Total assets / liabilities") },
      DEBT_QUALITY: { name: i18n.t("Short-term share of debt"), formula: i18n.t("Current liabilities / liabilities") },
      ROA: { name: i18n.t("Return on assets"), formula: i18n.t("Operating result of a year / average assets") },
      ROE: { name: i18n.t("Return on equity"), formula: i18n.t("Result of a year / average equity") },
      MARGIN: { name: i18n.t("Margin"), formula: i18n.t("Result / turnover") },
      GROSS_MARGIN: { name: i18n.t("Gross margin"), formula: i18n.t("(Turnover + change in stocks + supplies) / turnover") },
      ASSET_TURNOVER: { name: i18n.t("Asset turnover"), formula: i18n.t("Turnover of a year / average assets") },
      COLLECTION_DAYS: {
        name: i18n.t("Days of collection"),
        formula: i18n.t("Average customers / turnover with VAT × days"),
      },
      PAYMENT_DAYS: {
        name: i18n.t("Days of payment"),
        formula: i18n.t("Average suppliers and creditors / purchases and services with VAT × days"),
      },
      INTEREST_COVER: { name: i18n.t("Interest cover"), formula: i18n.t("Operating result / financial expenses") },
      EBITDA: { name: "EBITDA", formula: i18n.t("Operating result − depreciation − impairment") },
      BREAK_EVEN: { name: i18n.t("Break-even turnover"), formula: i18n.t("Fixed costs / gross margin") },
    }),
    [i18n],
  );
}

export function useRatioGroups(): Readonly<Record<string, string>> {
  const i18n = useWords();
  return useMemo(
    () => ({
      LIQUIDITY: i18n.t("Liquidity"),
      STRUCTURE: i18n.t("Structure"),
      RETURN: i18n.t("Return"),
      CYCLE: i18n.t("Cycle"),
      COVER: i18n.t("Cover"),
    }),
    [i18n],
  );
}

/** What an input is called; those of a statement bear the name of their line. */
export function useInputName(): (key: string) => string {
  const i18n = useWords();
  const lines = useLineNames();
  return useMemo(() => {
    const own: Readonly<Record<string, string>> = {
      OPEN_ASSETS: i18n.t("Total assets at the beginning"),
      OPEN_EQUITY: i18n.t("Equity at the beginning"),
      TRADE_DEBTORS: i18n.t("Customers (430, 431, 436)"),
      OPEN_TRADE_DEBTORS: i18n.t("Customers at the beginning"),
      TRADE_CREDITORS: i18n.t("Suppliers and creditors (400, 401, 410, 411)"),
      OPEN_TRADE_CREDITORS: i18n.t("Suppliers and creditors at the beginning"),
      PURCHASED: i18n.t("Purchases and external services (60, 62)"),
      INPUT_VAT: i18n.t("VAT charged by suppliers"),
      ASSET_VAT: i18n.t("VAT of investment goods"),
      OUTPUT_VAT: i18n.t("VAT charged on sales"),
    };
    return (key) => own[key] ?? lines[key] ?? key;
  }, [i18n, lines]);
}
