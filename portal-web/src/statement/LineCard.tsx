import { useFormats } from "@atrio/kit/format";
import { useWords } from "@atrio/kit/words";
import { type Line, WhatItIs } from "./columns";
import styles from "./Statement.module.css";

/** One movement on a phone; the whole card leads to its paper. */
export function LineCard({ row, slug }: { row: Line; slug: string }) {
  const i18n = useWords();
  const f = useFormats();
  const { currency } = row;
  const paid = row.kind === "PAYMENT";
  return (
    <article className={styles.card}>
      <div className={styles.cardLine}>
        <WhatItIs row={row} slug={slug} />
        <strong className={styles.amount}>{f.money(paid ? row.payment : row.charge, currency)}</strong>
      </div>
      <div className={styles.cardLine}>
        <span className={styles.quiet}>{f.date(row.movedOn)}</span>
        <span className={styles.quiet}>{i18n.t("{amount} left to pay", { amount: f.money(row.balance, currency) })}</span>
      </div>
    </article>
  );
}
