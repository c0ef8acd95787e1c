import { useFormats } from "@atrio/kit/format";
import type { Tone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import type {
  IncomeMethod,
  TaxModel,
  TaxpayerKind,
  TaxResultType,
  TaxReturnKind,
  TaxReturnState,
  TaxTerritory,
  VatScheme,
} from "../gql/operations";
import { MONTHS, type Period, QUARTERS } from "./search";

/** The words of returns in the reader's language. */
export function useTaxWords() {
  const i18n = useWords();
  const f = useFormats();
  const models: Record<TaxModel, string> = {
    M303: i18n.t("VAT return"),
    M390: i18n.t("Yearly summary of VAT"),
    M111: i18n.t("Withholdings on work and activities"),
    M115: i18n.t("Withholdings on rents"),
    M130: i18n.t("Instalment of income tax"),
    M347: i18n.t("Operations with third persons"),
    M349: i18n.t("Intra-EU operations"),
    M190: i18n.t("Yearly list of withholdings"),
    M180: i18n.t("Yearly list of withholdings on rents"),
  };
  const states: Record<TaxReturnState, { word: string; tone: Tone }> = {
    DRAFT: { word: i18n.t("Draft"), tone: "quiet" },
    PREPARED: { word: i18n.t("Prepared"), tone: "wait" },
    APPROVED: { word: i18n.t("Approved"), tone: "wait" },
    FILED: { word: i18n.t("Filed"), tone: "good" },
    DISCARDED: { word: i18n.t("Given up"), tone: "quiet" },
  };
  const kinds: Record<TaxReturnKind, string> = {
    ORIGINAL: i18n.t("First return"),
    RECTIFYING: i18n.t("Rectifying return"),
    COMPLEMENTARY: i18n.t("Complementary return"),
    SUBSTITUTIVE: i18n.t("Substitutive return"),
  };
  const correcting = (model: TaxModel): string => {
    if (model === "M303")
      return i18n.t("The period is said anew; what was paid or refunded with the filed return stands in boxes 70 and 109.");
    if (model === "M111" || model === "M115" || model === "M130")
      return i18n.t("The period is said anew less what was declared before. A complementary return only adds.");
    return i18n.t("The whole return is made anew and takes the place of the filed one.");
  };
  const results: Record<TaxResultType, string> = {
    TO_PAY: i18n.t("Payable to the tax agency"),
    DIRECT_DEBIT: i18n.t("Direct debit"),
    COMPENSATE: i18n.t("To compensate"),
    REFUND: i18n.t("To be refunded"),
    NOTHING: i18n.t("Nothing to pay"),
  };
  const taxpayers: Record<TaxpayerKind, string> = {
    COMPANY: i18n.t("Company"),
    SOLE_TRADER: i18n.t("Sole trader"),
  };
  const schemes: Record<VatScheme, string> = {
    GENERAL: i18n.t("General regime"),
    CASH_BASIS: i18n.t("Cash basis"),
    SIMPLIFIED: i18n.t("Simplified regime"),
    AGRICULTURAL: i18n.t("Agricultural regime"),
    USED_GOODS: i18n.t("Used goods"),
    GROUP: i18n.t("VAT group"),
    EQUIVALENCE_SURCHARGE: i18n.t("Equivalence surcharge"),
    IMMEDIATE_SUPPLY: i18n.t("Immediate supply of information (SII)"),
  };
  const territories: Record<TaxTerritory, string> = {
    COMMON: i18n.t("Common territory"),
    BASQUE: i18n.t("Basque Country"),
    NAVARRE: i18n.t("Navarre"),
    CANARY: i18n.t("Canary Islands"),
    CEUTA_MELILLA: i18n.t("Ceuta and Melilla"),
  };
  const methods: Record<IncomeMethod, string> = {
    DIRECT_SIMPLIFIED: i18n.t("Direct estimation, simplified"),
    DIRECT_NORMAL: i18n.t("Direct estimation, normal"),
    OBJECTIVE: i18n.t("Objective estimation (modules)"),
  };
  const regimes: Record<string, string> = {
    DOMESTIC: i18n.t("Domestic"),
    EQUIVALENCE_SURCHARGE: i18n.t("Equivalence surcharge"),
    INTRA_EU: i18n.t("Intra-EU"),
    REVERSE_CHARGE: i18n.t("Reverse charge"),
    FOREIGN_SERVICE: i18n.t("Service across the border"),
    EXPORT: i18n.t("Export or import"),
    EXEMPT: i18n.t("Exempt"),
  };
  const period = (code: string): string => {
    const quarter = (QUARTERS as readonly string[]).indexOf(code);
    if (quarter >= 0) return i18n.t("Quarter {number}", { number: String(quarter + 1) });
    const month = (MONTHS as readonly string[]).indexOf(code);
    return month >= 0 ? f.month(month + 1, "long") : i18n.t("Whole year");
  };
  const keys: Record<string, string> = {
    A: i18n.t("Bought"),
    B: i18n.t("Sold"),
    E: i18n.t("Goods sold"),
    S: i18n.t("Services sold"),
    T: i18n.t("Triangular: goods sold on"),
    I: i18n.t("Services bought"),
    "G-01": i18n.t("Professionals"),
    "G-03": i18n.t("New professionals"),
    H: i18n.t("Other activities"),
  };
  return {
    models,
    states,
    kinds,
    correcting,
    results,
    taxpayers,
    schemes,
    territories,
    methods,
    regime: (code: string) => regimes[code] ?? code,
    period,
    key: (model: TaxModel, key: string) => (model === "M349" && key === "A" ? i18n.t("Goods bought") : (keys[key] ?? key)),
    choosablePeriods: [...QUARTERS, ...MONTHS, "0A"] as readonly Period[],
  };
}
