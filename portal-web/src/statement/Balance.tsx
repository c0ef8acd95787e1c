import { isZero, subtractMoney, useFormats } from "@atrio/kit/format";
import { useWords } from "@atrio/kit/words";
import type { OwnStatement } from "./columns";
import styles from "./Statement.module.css";

/** The year in four figures of one currency; less than nothing left is in the contact's favour. */
export function Balance({ balance, many }: { balance: OwnStatement["balances"][number]; many: boolean }) {
  const i18n = useWords();
  const f = useFormats();
  const { currency, closing } = balance;
  const favour = closing.startsWith("-");
  const facts: readonly [label: string, value: string][] = [
    [i18n.t("Left from before"), balance.opening],
    [i18n.t("Invoiced"), balance.charged],
    [i18n.t("Paid"), balance.paid],
    favour ? [i18n.t("In your favour"), subtractMoney("0", closing)] : [i18n.t("Left to pay"), closing],
  ];
  return (
    <dl className={styles.figures} aria-label={many ? currency : undefined}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{f.money(value, currency)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** How late what is left to pay is, on the last day told. Nothing left, nothing drawn. */
export function Ages({ ageing, to }: { ageing: OwnStatement["ageing"]; to: string }) {
  const i18n = useWords();
  const f = useFormats();
  const open = ageing.filter(({ notDue, days30, days60, days90, older }) =>
    [notDue, days30, days60, days90, older].some((value) => !isZero(value)),
  );
  if (open.length === 0) return null;
  return (
    <section aria-labelledby="ages">
      <h2 id="ages">{i18n.t("How late it is on {day}", { day: f.date(to) })}</h2>
      {open.map(({ currency, notDue, days30, days60, days90, older }) => (
        <dl key={currency} className={styles.figures} data-ages aria-label={open.length > 1 ? currency : undefined}>
          {(
            [
              [i18n.t("Not due yet"), notDue],
              [i18n.t("Late by 1 to 30 days"), days30],
              [i18n.t("Late by 31 to 60 days"), days60],
              [i18n.t("Late by 61 to 90 days"), days90],
              [i18n.t("Late by more than 90 days"), older],
            ] as const
          ).map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{f.money(value, currency)}</dd>
            </div>
          ))}
        </dl>
      ))}
    </section>
  );
}
