import { useFormats } from "@atrio/kit/format";
import { Status } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { useDocumentStates, useDocumentTypes } from "../app/documentWords";
import { type DocumentSide, rowPlace } from "../app/places";
import type { PurchasePaper, SalesPaper } from "./DocumentBody";
import styles from "./Documents.module.css";

interface DocumentLinksProps {
  clientId: string;
  side: DocumentSide;
  document: SalesPaper | PurchasePaper;
}

/** The documents before and after it, and those it corrects or is corrected by; nothing where there are none. */
export function DocumentLinks({ clientId, side, document }: DocumentLinksProps) {
  const i18n = useWords();
  const types = useDocumentTypes();
  const states = useDocumentStates();
  const { convertedFrom, convertedInto, rectifies, rectifiedBy } = document;
  const groups = [
    {
      label: "isSubstitute" in document && document.isSubstitute ? i18n.t("In place of") : i18n.t("Made from"),
      links: convertedFrom ?? [],
    },
    { label: i18n.t("Became"), links: convertedInto ?? [] },
    { label: i18n.t("Rectifies"), links: rectifies ? [rectifies] : [] },
    { label: i18n.t("Rectified by"), links: rectifiedBy ?? [] },
  ].filter(({ links }) => links.length > 0);
  if (groups.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="linked">
      <h2 id="linked">{i18n.t("Linked documents")}</h2>
      {groups.map(({ label, links }) => (
        <div key={label}>
          <h3>{label}</h3>
          <ul>
            {links.map(({ id, type, number, status }) => (
              <li key={id} className={styles.linked}>
                <Link {...rowPlace.document(clientId, side, id)}>{[types[type], number].filter(Boolean).join(" ")}</Link>
                <Status tone={states[status].tone}>{states[status].word}</Status>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

/** The parts of a payment, if there are several. */
export function Instalments({ document }: Pick<DocumentLinksProps, "document">) {
  const i18n = useWords();
  const f = useFormats();
  const parts = document.instalments ?? [];
  if (parts.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="instalments">
      <h2 id="instalments">{i18n.t("Parts")}</h2>
      <ul>
        {parts.map(({ position, dueOn, amount }) => (
          <li key={position} className={styles.linked}>
            <span>{f.date(dueOn)}</span>
            <span className="tabular">{f.money(amount, document.currency)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
