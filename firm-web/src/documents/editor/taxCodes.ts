import type { TaxCode } from "../../app/taxCodes";
import type { VatRegime } from "../../gql/operations";
import type { DraftLine } from "./draft";

/** The code of another regime that is nearest to a line's own: same rate, then its nature. An outlay has no regime. */
export function codeIn(regime: VatRegime, line: DraftLine, codes: ReadonlyMap<string, TaxCode>): string {
  const now = codes.get(line.taxCode);
  if (now?.nature === "OUTLAY") return now.code;
  const offered = [...codes.values()].filter((one) => one.regime === regime && one.nature !== "OUTLAY");
  const wanted = line.isProduct ? "GOODS" : "SERVICES";
  const points = ({ rate, nature }: TaxCode) =>
    (rate === now?.rate ? 4 : 0) + (nature === now?.nature ? 1 : 0) + (nature === wanted ? 2 : nature === "ANY" ? 1 : 0);
  const best = offered.reduce<TaxCode | undefined>(
    (found, one) => (found === undefined || points(one) > points(found) ? one : found),
    undefined,
  );
  return best?.code ?? line.taxCode;
}
