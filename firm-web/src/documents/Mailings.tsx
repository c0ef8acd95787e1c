import { useFormats } from "@atrio/kit/format";
import { Status } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import type { SalesPaper } from "./DocumentBody";
import styles from "./Documents.module.css";

/** The mails that were made of a document, the newest first; nothing where there are none. */
export function Mailings({ document }: { document: SalesPaper }) {
  const i18n = useWords();
  const f = useFormats();
  const mailings = document.mailings ?? [];
  if (mailings.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="mails">
      <h2 id="mails">{i18n.t("Mails")}</h2>
      <ul>
        {mailings.map(({ id, recipient, attachesPdf, message, askedByName, createdAt, mailedAt }) => (
          <li key={id} className={styles.mail}>
            <span className={styles.linked}>
              <span className={styles.address}>{recipient}</span>
              {mailedAt ? <Status tone="good">{i18n.t("Sent")}</Status> : <Status tone="wait">{i18n.t("On its way")}</Status>}
            </span>
            <span className={styles.quiet}>
              {f.instant(mailedAt ?? createdAt)} · {askedByName} ·{" "}
              {attachesPdf ? i18n.t("with the PDF") : i18n.t("with a link to the portal")}
            </span>
            {message && <p className={styles.message}>{message}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
