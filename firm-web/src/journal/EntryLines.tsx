import { isZero, sumMoney, useFormats } from "@atrio/kit/format";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { rowPlace } from "../app/places";
import styles from "./Journal.module.css";
import type { EntryLine } from "./rows";

/** Debit and credit in two columns, with both sums. */
export function EntryLines({ clientId, lines }: { clientId: string; lines: readonly EntryLine[] }) {
  const i18n = useWords();
  const f = useFormats();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that may scroll must be reachable by keyboard.
    <section className={styles.frame} tabIndex={0} aria-label={i18n.t("Lines")}>
      <table className={styles.lines}>
        <thead>
          <tr>
            <th scope="col">{i18n.t("Account")}</th>
            <th scope="col" className={styles.end}>
              {i18n.t("Debit")}
            </th>
            <th scope="col" className={styles.end}>
              {i18n.t("Credit")}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ id, ledgerAccount, contact, text, debit, credit }) => (
            <tr key={id}>
              <td>
                <Link
                  to="/c/$clientId/journal/accounts/$accountId"
                  params={{ clientId, accountId: ledgerAccount.id }}
                  className="tabular"
                >
                  {ledgerAccount.code}
                </Link>{" "}
                {ledgerAccount.name}
                {text && <div className={styles.quiet}>{text}</div>}
                {contact && (
                  <div>
                    <Link {...rowPlace.contact(clientId, contact.id)}>{contact.name}</Link>
                  </div>
                )}
              </td>
              <td className={styles.end}>{isZero(debit) ? "" : f.money(debit)}</td>
              <td className={styles.end}>{isZero(credit) ? "" : f.money(credit)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{i18n.t("Sum")}</th>
            <td className={styles.end}>{f.money(sumMoney(lines.map(({ debit }) => debit)))}</td>
            <td className={styles.end}>{f.money(sumMoney(lines.map(({ credit }) => credit)))}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
