import { isZero, useFormats } from "@atrio/kit/format";
import { useWords } from "@atrio/kit/words";
import { DocumentLink, type DocumentRow, ReadMark, StateOf } from "./columns";
import styles from "./Documents.module.css";
import { useTypes } from "./words";

/** One document on a phone; the whole card leads into it. */
export function DocumentCard({ row, slug, mixed }: { row: DocumentRow; slug: string; mixed: boolean }) {
  const i18n = useWords();
  const f = useFormats();
  const types = useTypes();
  const { currency, total, outstanding } = row;
  const owed = !isZero(outstanding) && outstanding !== total;
  return (
    <article className={styles.card}>
      <div className={styles.cardLine}>
        <span className={styles.cardName}>
          <DocumentLink slug={slug} row={row} />
          {mixed && row.number && <span className={styles.quiet}>{types[row.type].one}</span>}
        </span>
        <strong className={styles.amount}>{f.money(total, currency)}</strong>
      </div>
      {row.description && <p className={styles.cardText}>{row.description}</p>}
      <div className={styles.cardLine}>
        <StateOf row={row} />
        {owed && (
          <span className={styles.amount}>{i18n.t("{amount} left to pay", { amount: f.money(outstanding, currency) })}</span>
        )}
      </div>
      <dl className={styles.cardFacts}>
        <Fact label={i18n.t("Date")}>{f.date(row.issuedOn)}</Fact>
        {row.dueOn && <Fact label={i18n.t("Due")}>{f.date(row.dueOn)}</Fact>}
        <Fact label={i18n.t("Read")}>
          <ReadMark readAt={row.readAt} />
        </Fact>
      </dl>
    </article>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="tabular">{children}</dd>
    </div>
  );
}
