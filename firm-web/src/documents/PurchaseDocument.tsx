import { useRead } from "@atrio/kit/graphql";
import { NotFound } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi } from "@tanstack/react-router";
import { ReadState } from "../app/Screen";
import screen from "../app/Screen.module.css";
import { PurchaseDocumentPage } from "../gql/operations";
import { DocumentFacts, DocumentHead, DocumentLines, type PurchasePaper, Settlements } from "./DocumentBody";
import { DocumentLinks, Instalments } from "./DocumentLinks";
import styles from "./Documents.module.css";

const route = getRouteApi("/frame/c/$clientId/documents/purchases/$documentId");

/** One purchase with the paper it was made from. */
export function PurchaseDocumentScreen() {
  const { clientId, documentId } = route.useParams();
  const read = useRead(PurchaseDocumentPage, { id: documentId });
  const document = read.data?.purchaseDocument;
  return (
    <div className={screen.page}>
      <ReadState read={read} at="purchaseDocument">
        {!document ? (
          <NotFound />
        ) : (
          <>
            <DocumentHead clientId={clientId} side="purchases" document={document} />
            <div className={styles.body}>
              <div className={styles.main}>
                <DocumentLines document={document} />
              </div>
              <div className={styles.side}>
                <DocumentFacts clientId={clientId} document={document} />
                <DocumentLinks clientId={clientId} side="purchases" document={document} />
                <Instalments document={document} />
                <Attachments document={document} />
                <Settlements clientId={clientId} document={document} />
              </div>
            </div>
          </>
        )}
      </ReadState>
    </div>
  );
}

function Attachments({ document }: { document: PurchasePaper }) {
  const i18n = useWords();
  const attachments = document.attachments ?? [];
  return (
    <section className={styles.section} aria-labelledby="attachments">
      <h2 id="attachments">{i18n.t("Attached files")}</h2>
      {attachments.length === 0 && <p className={styles.quiet}>{i18n.t("No paper is attached.")}</p>}
      <ul>
        {attachments.map(({ id, filename, url }) => (
          <li key={id}>
            {url ? (
              <a className={styles.button} href={url} target="_blank" rel="noreferrer">
                {filename}
              </a>
            ) : (
              filename
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
