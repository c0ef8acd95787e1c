import { isZero, useFormats } from "@atrio/kit/format";
import { Button, Status } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Fragment } from "react";
import styles from "./Inbox.module.css";
import type { Totals as Sums } from "./purchase";

interface TotalsProps {
  totals: Sums;
  /** Lets the last line take the difference; undefined where no price does. */
  onBalance: (() => void) | undefined;
}

/** What the lines add up to while they are typed, and whether the paper says the same. */
export function Totals({ totals, onBalance }: TotalsProps) {
  const i18n = useWords();
  const f = useFormats();
  const { base, taxes, withholding, total, difference } = totals;
  return (
    <dl className={styles.totals} aria-live="polite">
      <dt>{i18n.t("Base")}</dt>
      <dd>{f.money(base)}</dd>
      {taxes.map(({ rate, quota }) => (
        <Fragment key={rate}>
          <dt>{i18n.t("Tax {rate}", { rate: f.percent(rate) })}</dt>
          <dd>{f.money(quota)}</dd>
        </Fragment>
      ))}
      {!isZero(withholding) && (
        <>
          <dt>{i18n.t("Withheld")}</dt>
          <dd>{f.money(`-${withholding}`)}</dd>
        </>
      )}
      <dt className={styles.grand}>{i18n.t("Total")}</dt>
      <dd className={styles.grand}>{f.money(total, "EUR")}</dd>
      {difference !== null && (
        <>
          <dt>{i18n.t("Difference to the paper")}</dt>
          <dd>{isZero(difference) ? <Status tone="good">{i18n.t("balanced")}</Status> : f.money(difference)}</dd>
          {!isZero(difference) && onBalance && (
            <dd>
              <Button onClick={onBalance}>{i18n.t("Put it into the last line")}</Button>
            </dd>
          )}
        </>
      )}
    </dl>
  );
}
