import { useFormats } from "@atrio/kit/format";
import { useWords } from "@atrio/kit/words";
import type { SalesPaper } from "./DocumentBody";
import styles from "./Documents.module.css";

/** Who of the contact looked at a document when, the newest first; what was seen before a correction says so. */
export function Views({ document }: { document: SalesPaper }) {
  const i18n = useWords();
  const f = useFormats();
  const views = document.views ?? [];
  if (views.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="views">
      <h2 id="views">{i18n.t("Seen in the portal")}</h2>
      <ul>
        {views.map(({ id, act, at, viewerName, isCurrent }) => (
          <li key={id}>
            {act === "DOWNLOADED" ? i18n.t("Downloaded") : i18n.t("Opened")}
            <div className={styles.quiet}>
              {[f.instant(at), viewerName, !isCurrent && i18n.t("before it was corrected")].filter(Boolean).join(" · ")}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
