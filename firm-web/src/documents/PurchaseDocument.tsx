import { useFormats } from "@atrio/kit/format";
import { useRead } from "@atrio/kit/graphql";
import { NotFound } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi } from "@tanstack/react-router";
import { Fact, ReadState } from "../app/Screen";
import screen from "../app/Screen.module.css";
import { PurchaseDocumentPage } from "../gql/operations";
import { DocumentFacts, DocumentHead, DocumentLines } from "./DocumentBody";
import { DocumentLinks, Instalments } from "./DocumentLinks";
import { DocumentPapers } from "./DocumentPapers";
import styles from "./Documents.module.css";
import { Payments } from "./payments/Payments";

const route = getRouteApi("/frame/c/$clientId/documents/purchases/$documentId");

/** One purchase with the paper it was made from. */
export function PurchaseDocumentScreen() {
  const i18n = useWords();
  const f = useFormats();
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
                <DocumentFacts clientId={clientId} document={document}>
                  {document.receivedOn && <Fact label={i18n.t("Received on")}>{f.date(document.receivedOn)}</Fact>}
                </DocumentFacts>
                <DocumentLinks clientId={clientId} side="purchases" document={document} />
                <Instalments document={document} />
                <Payments clientId={clientId} side="purchases" document={document} />
                <DocumentPapers
                  clientId={clientId}
                  side="purchases"
                  documentId={document.id}
                  papers={document.attachments ?? []}
                />
              </div>
            </div>
          </>
        )}
      </ReadState>
    </div>
  );
}
