import { sumMoney, useFormats } from "@atrio/kit/format";
import { useWords } from "@atrio/kit/words";
import type { VatBookKind, VatBookPageQuery } from "../gql/operations";
import styles from "./Taxes.module.css";
import { useTaxWords } from "./words";

type Total = NonNullable<VatBookPageQuery["vatBook"]>["totals"][number];

interface BookTotalsProps {
  book: VatBookKind;
  totals: readonly Total[];
  /** The code that the list is narrowed to. */
  code?: string;
  onCode: (code: string | undefined) => void;
}

/** Sums of the period by tax code; each narrows the list to its lines. */
export function BookTotals({ book, totals, code, onCode }: BookTotalsProps) {
  const i18n = useWords();
  const f = useFormats();
  const words = useTaxWords();
  if (totals.length === 0) return null;
  const fourth = (one: Total) => (book === "ISSUED" ? one.surcharge : one.deductible);
  return (
    <details className={styles.totals} open>
      <summary>{i18n.t("Totals by tax code")}</summary>
      <div className={styles.frame}>
        <table className={styles.lines}>
          <thead>
            <tr>
              <th scope="col">{i18n.t("Tax code")}</th>
              <th scope="col" className={styles.end}>
                {i18n.t("Base")}
              </th>
              <th scope="col" className={styles.end}>
                {i18n.t("VAT")}
              </th>
              <th scope="col" className={styles.end}>
                {book === "ISSUED" ? i18n.t("Surcharge") : i18n.t("Deductible")}
              </th>
              <th scope="col" className={styles.end}>
                {i18n.t("Total")}
              </th>
            </tr>
          </thead>
          <tbody>
            {totals.map((one) => (
              <tr key={one.taxCode}>
                <td>
                  <button
                    type="button"
                    className={styles.code}
                    aria-pressed={code === one.taxCode}
                    onClick={() => onCode(code === one.taxCode ? undefined : one.taxCode)}
                  >
                    {one.taxCode}
                  </button>
                  <small>{one.isInvestment ? i18n.t("Investment good") : words.regime(one.regime)}</small>
                </td>
                <td className={styles.end}>{f.money(one.base)}</td>
                <td className={styles.end}>{f.money(one.quota)}</td>
                <td className={styles.end}>{f.money(fourth(one))}</td>
                <td className={styles.end}>{f.money(one.total)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{i18n.t("Total")}</th>
              <td className={styles.end}>{f.money(sumMoney(totals.map(({ base }) => base)))}</td>
              <td className={styles.end}>{f.money(sumMoney(totals.map(({ quota }) => quota)))}</td>
              <td className={styles.end}>{f.money(sumMoney(totals.map(fourth)))}</td>
              <td className={styles.end}>{f.money(sumMoney(totals.map(({ total }) => total)))}</td>
            </tr>
          </tfoot>
        </table>
      </div>
    </details>
  );
}
