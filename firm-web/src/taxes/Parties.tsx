import { isZero, useFormats } from "@atrio/kit/format";
import { EmptyState } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import type { TaxModel, TaxPartiesPageQuery } from "../gql/operations";
import { bookOf, periodOf } from "./search";
import styles from "./Taxes.module.css";
import { useTaxWords } from "./words";

type Party = NonNullable<TaxPartiesPageQuery["taxParties"]>["named"]["parties"][number];

interface PartiesProps {
  asked: { companyId: string; model: TaxModel; year: number; period: string };
  parties: readonly Party[];
}

/** The persons a return names; an amount opens the lines of the VAT book behind it. */
export function Parties({ asked, parties }: PartiesProps) {
  const { model } = asked;
  const i18n = useWords();
  const f = useFormats();
  const words = useTaxWords();
  if (parties.length === 0) return <EmptyState title={i18n.t("Nobody is to be named in this period.")} icon="people" />;
  const withQuarters = model === "M347";
  const inCash = parties.some(({ cash }) => !isZero(cash));
  const corrects = parties.some(({ corrects }) => corrects);
  const withheld = model === "M190" || model === "M180";
  return (
    <div className={styles.frame}>
      <table className={styles.lines}>
        <thead>
          <tr>
            {model !== "M180" && <th scope="col">{i18n.t("Key")}</th>}
            <th scope="col">{i18n.t("Tax number")}</th>
            <th scope="col">{i18n.t("Name")}</th>
            {withQuarters &&
              [1, 2, 3, 4].map((number) => (
                <th scope="col" key={number} className={styles.end}>
                  {i18n.t("Quarter {number}", { number: String(number) })}
                </th>
              ))}
            {corrects && (
              <th scope="col" className={styles.end}>
                {i18n.t("Declared before")}
              </th>
            )}
            {withheld && (
              <th scope="col" className={styles.end}>
                {i18n.t("Withheld")}
              </th>
            )}
            <th scope="col" className={styles.end}>
              {i18n.t("Amount")}
            </th>
            {inCash && (
              <th scope="col" className={styles.end}>
                {i18n.t("In cash")}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {parties.map((party) => (
            <tr key={`${party.key}-${party.withheld}-${party.taxId}-${party.name}-${party.corrects}-${party.cashYear}`}>
              {model !== "M180" && <td title={words.key(model, party.key)}>{party.key}</td>}
              <td className="tabular">{party.taxId ?? "–"}</td>
              <td>
                {party.name}
                {party.reverseCharge && <small>{i18n.t("Reverse charge")}</small>}
                {party.cashYear && <small>{i18n.t("Sales of {year}", { year: String(party.cashYear) })}</small>}
                {party.corrects && <small>{i18n.t("Corrects {period}", { period: party.corrects })}</small>}
              </td>
              {withQuarters &&
                party.quarters.map((amount, quarter) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the place is the quarter
                  <td key={quarter} className={styles.end}>
                    {f.money(amount)}
                  </td>
                ))}
              {corrects && <td className={styles.end}>{party.corrects ? f.money(party.declaredBefore) : ""}</td>}
              {withheld && <td className={styles.end}>{f.money(party.withheld)}</td>}
              <td className={styles.end}>
                <Link
                  to="/c/$clientId/taxes/books"
                  params={{ clientId: asked.companyId }}
                  search={{
                    book: bookOf(party.key),
                    year: asked.year,
                    period: periodOf(asked.period),
                    q: party.taxId ?? party.name,
                  }}
                >
                  {f.money(party.amount)}
                </Link>
              </td>
              {inCash && <td className={styles.end}>{isZero(party.cash) ? "" : f.money(party.cash)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
