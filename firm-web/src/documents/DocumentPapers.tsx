import { useWrite } from "@atrio/kit/graphql";
import { useWords } from "@atrio/kit/words";
import { type Paper, Papers } from "../app/Papers";
import type { DocumentSide } from "../app/places";
import { useWriteAccess } from "../app/useWriteAccess";
import { AttachDocumentPaper, DetachDocumentPaper } from "../gql/operations";
import styles from "./Documents.module.css";

interface DocumentPapersProps {
  clientId: string;
  side: DocumentSide;
  documentId: string;
  papers: readonly Paper[];
}

/** What is attached to a kept document: the supplier's paper, or the issuer's own. The contact sees none of it. */
export function DocumentPapers({ clientId, side, documentId, papers }: DocumentPapersProps) {
  const i18n = useWords();
  const noEdit = useWriteAccess(clientId, side === "sales" ? "SALES" : "PURCHASES", "edit");
  const attach = useAttach();
  const [remove] = useWrite(DetachDocumentPaper);
  const detach = async ({ id }: Paper) => {
    const { data, failure, denials } = await remove({ id });
    return failure?.message ?? denials.at("detachDocumentPaper")?.message ?? data?.detachDocumentPaper?.refusals[0]?.message;
  };
  return (
    <section className={styles.section} aria-labelledby="attachments">
      <h2 id="attachments">{i18n.t("Attached files")}</h2>
      {papers.length === 0 && <p className={styles.quiet}>{i18n.t("No paper is attached.")}</p>}
      <Papers
        clientId={clientId}
        purpose={side}
        papers={papers}
        denied={noEdit}
        attach={(uploadId) => attach(documentId, uploadId)}
        detach={detach}
      />
    </section>
  );
}

/** Puts an uploaded file on a document; resolves to why not, or to nothing. The same content is attached once. */
export function useAttach() {
  const [attach] = useWrite(AttachDocumentPaper);
  return async (documentId: string, uploadId: string): Promise<string | undefined> => {
    const { data, failure, denials } = await attach({ documentId, uploadId });
    return failure?.message ?? denials.at("attachDocumentPaper")?.message ?? data?.attachDocumentPaper?.refusals[0]?.message;
  };
}
