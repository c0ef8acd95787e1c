import { isZero, localDate, useFormats } from "@atrio/kit/format";
import { useRead } from "@atrio/kit/graphql";
import { useWords } from "@atrio/kit/words";
import { useMemo } from "react";
import { TaxCodes as Query, type TaxCodesQuery, type VatRegime } from "../gql/operations";
import type { DocumentSide } from "./places";

export type TaxCode = TaxCodesQuery["taxCodes"][number];

export const REGIMES = [
  "DOMESTIC",
  "EQUIVALENCE_SURCHARGE",
  "INTRA_EU",
  "REVERSE_CHARGE",
  "FOREIGN_SERVICE",
  "EXPORT",
  "EXEMPT",
] as const satisfies readonly VatRegime[];

/** The codes of a side that may be used on a day, by code. */
export function useTaxCodes(side: DocumentSide, day: string): ReadonlyMap<string, TaxCode> {
  const { data } = useRead(Query, { side: side === "sales" ? "SALES" : "PURCHASES", on: day });
  return useMemo(() => new Map((data?.taxCodes ?? []).map((one) => [one.code, one])), [data]);
}

/** A VAT regime in words; what it is called depends on who sells. */
export function useRegimeNames(side: DocumentSide): Record<VatRegime, string> {
  const i18n = useWords();
  const sales = side === "sales";
  return useMemo(
    () => ({
      DOMESTIC: i18n.t("Domestic"),
      EQUIVALENCE_SURCHARGE: i18n.t("Equivalence surcharge"),
      INTRA_EU: i18n.t("Intra-EU"),
      REVERSE_CHARGE: i18n.t("Domestic reverse charge"),
      FOREIGN_SERVICE: sales ? i18n.t("Not subject (place of supply)") : i18n.t("Service from abroad"),
      EXPORT: sales ? i18n.t("Export") : i18n.t("Import"),
      EXEMPT: i18n.t("Exempt or without VAT"),
    }),
    [i18n, sales],
  );
}

/** A code in words within its regime: "21 % + 5,2 %", "Goods, 21 %". */
export function useTaxLabel(): (code: TaxCode) => string {
  const i18n = useWords();
  const f = useFormats();
  return useMemo(() => {
    const natures = {
      GOODS: i18n.t("Goods"),
      SERVICES: i18n.t("Services"),
      INVESTMENT: i18n.t("Investment good"),
      TRIANGULAR: i18n.t("Triangular: goods sold on"),
      OUTLAY: i18n.t("Outlay"),
      ANY: "",
    };
    const exempt: Partial<Record<string, string>> = {
      S_EXEMPT: i18n.t("Exempt (art. 20)"),
      S_EXEMPT_21: i18n.t("Exempt (art. 21): what serves an export"),
      S_EXEMPT_22: i18n.t("Exempt (art. 22): ships, aircraft, embassies"),
      S_EXEMPT_24: i18n.t("Exempt (arts. 23 and 24): free zones, customs"),
      S_EXEMPT_OTHER: i18n.t("Exempt for another reason"),
    };
    return ({ code, rate, surchargeRate, nature }) => {
      const cause = exempt[code];
      if (cause !== undefined) return cause;
      if (nature === "OUTLAY") return natures[nature];
      const without = code === "P_NOT_SUBJECT" ? i18n.t("Not subject") : i18n.t("No VAT");
      const taxed = !isZero(rate) || /\d$/.test(code);
      const vat = isZero(surchargeRate)
        ? f.percent(rate)
        : i18n.t("{rate} + {surcharge}", { rate: f.percent(rate), surcharge: f.percent(surchargeRate) });
      return [natures[nature], taxed ? vat : without].filter(Boolean).join(", ");
    };
  }, [i18n, f]);
}

/** A tax code in words, such as "Domestic, 21 %". */
export function useTaxName(side: DocumentSide, code: string | null | undefined): string | undefined {
  const known = useTaxCodes(side, localDate()).get(code ?? "");
  const regimes = useRegimeNames(side);
  const label = useTaxLabel();
  return known ? `${regimes[known.regime]}, ${label(known)}` : (code ?? undefined);
}
