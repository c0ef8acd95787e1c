import { isZero, subtractMoney, useFormats } from "@atrio/kit/format";
import { Field, MoneyInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Fragment } from "react";
import lineEditor from "../../app/LineEditor.module.css";
import { type TaxCode, useRegimeNames, useTaxLabel } from "../../app/taxCodes";
import styles from "./Editor.module.css";
import type { Totals } from "./totals";

interface DraftTotalsProps {
  totals: Totals;
  side: "sales" | "purchases";
  currency: string;
  codes: ReadonlyMap<string, TaxCode>;
  /** What the supplier's paper says; null while nobody typed it. */
  paperTotal: string | null;
  /** The supplier's printed VAT and what is wrong with it, by code; none where nobody prints it for us. */
  printed?: {
    quotas: Readonly<Record<string, string>>;
    errors: ReadonlyMap<string, string>;
    onChange: (code: string, quota: string | null) => void;
  };
}

/** What the form adds up to, told anew with every key. */
export function DraftTotals({ totals, side, currency, codes, paperTotal, printed }: DraftTotalsProps) {
  const i18n = useWords();
  const f = useFormats();
  const label = useTaxLabel();
  const regimes = useRegimeNames(side);
  const difference = paperTotal === null ? null : subtractMoney(paperTotal, totals.total);
  return (
    <dl className={styles.totals} aria-live="polite">
      <dt>{i18n.t("Base")}</dt>
      <dd>{f.money(totals.base)}</dd>
      {totals.taxes.map(({ tax, base, quota, computed, surcharge, charged }) => {
        const code = codes.get(tax.code);
        const name = [regimes[tax.regime], code && label(code)].filter(Boolean).join(", ");
        return (
          <Fragment key={tax.code}>
            <dt>{i18n.t("{tax} on {base}", { tax: name, base: f.money(base) })}</dt>
            {printed && charged ? (
              <dd className={styles.printed}>
                <Field label={i18n.t("VAT on the paper, {tax}", { tax: name })} labelUnseen error={printed.errors.get(tax.code)}>
                  {(ids) => (
                    <MoneyInput
                      {...ids}
                      live
                      placeholder={f.money(computed)}
                      title={i18n.t("Type the VAT that the paper shows if it differs by cents.")}
                      value={printed.quotas[tax.code] ?? null}
                      onChange={(typed) => printed.onChange(tax.code, typed)}
                    />
                  )}
                </Field>
              </dd>
            ) : (
              <dd className={charged ? undefined : lineEditor.quiet}>
                {charged ? f.money(quota) : i18n.t("({quota}, not to pay)", { quota: f.money(quota) })}
              </dd>
            )}
            {!isZero(surcharge) && (
              <>
                <dt>{i18n.t("Surcharge")}</dt>
                <dd>{f.money(surcharge)}</dd>
              </>
            )}
          </Fragment>
        );
      })}
      {!isZero(totals.withholding) && (
        <>
          <dt>{i18n.t("Withheld")}</dt>
          <dd>{f.money(subtractMoney("0.00", totals.withholding))}</dd>
        </>
      )}
      {!isZero(totals.outlays) && (
        <>
          <dt>{i18n.t("Outlays")}</dt>
          <dd>{f.money(totals.outlays)}</dd>
        </>
      )}
      <dt className={styles.grand}>{i18n.t("Total")}</dt>
      <dd className={styles.grand}>{f.money(totals.total, currency)}</dd>
      {difference !== null && !isZero(difference) && (
        <>
          <dt className={styles.refused}>{i18n.t("Paper less lines")}</dt>
          <dd className={styles.refused}>{f.money(difference)}</dd>
        </>
      )}
    </dl>
  );
}
