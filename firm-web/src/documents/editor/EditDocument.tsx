import { useRead } from "@atrio/kit/graphql";
import { EmptyState, NotFound } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { DocumentSide } from "../../app/places";
import { ReadState } from "../../app/Screen";
import {
  PurchaseDocumentEdit,
  type PurchaseDocumentEditQuery,
  SalesDocumentEdit,
  type SalesDocumentEditQuery,
} from "../../gql/operations";
import { DocumentPapers } from "../DocumentPapers";
import { DocumentEditor } from "./DocumentEditor";
import { draftOf } from "./draft";
import { EditorTrail } from "./NewDocument";
import { isShown, PaperPane } from "./PaperPane";

type Editable = NonNullable<SalesDocumentEditQuery["salesDocument"]> | NonNullable<PurchaseDocumentEditQuery["purchaseDocument"]>;

const sales = getRouteApi("/frame/c/$clientId/documents/sales/$documentId/edit");
const purchases = getRouteApi("/frame/c/$clientId/documents/purchases/$documentId/edit");

export function EditSalesScreen() {
  const { clientId, documentId } = sales.useParams();
  const read = useRead(SalesDocumentEdit, { id: documentId });
  const document = read.data?.salesDocument;
  return (
    <ReadState read={read} at="salesDocument">
      {document ? <Edit key={documentId} clientId={clientId} side="sales" document={document} /> : <NotFound />}
    </ReadState>
  );
}

export function EditPurchaseScreen() {
  const { clientId, documentId } = purchases.useParams();
  const read = useRead(PurchaseDocumentEdit, { id: documentId });
  const document = read.data?.purchaseDocument;
  return (
    <ReadState read={read} at="purchaseDocument">
      {document ? <Edit key={documentId} clientId={clientId} side="purchases" document={document} /> : <NotFound />}
    </ReadState>
  );
}

function Edit({ clientId, side, document }: { clientId: string; side: DocumentSide; document: Editable }) {
  const i18n = useWords();
  // The form keeps what it began with: a refreshed answer must not take away what is being typed.
  const [kept] = useState(document);
  const [start] = useState(() => draftOf(kept));
  const papers = document.attachments ?? [];
  const paper = side === "purchases" ? papers.find(({ mediaType }) => isShown(mediaType)) : undefined;
  const waiting = kept.status === "PENDING_REVIEW";
  return (
    <>
      <EditorTrail clientId={clientId} side={side} />
      {waiting || kept.status === "DRAFT" ? (
        <DocumentEditor
          clientId={clientId}
          side={side}
          start={start}
          kept={{ id: kept.id, version: kept.version }}
          waiting={waiting}
          beside={paper && <PaperPane paper={paper} />}
          papers={<DocumentPapers clientId={clientId} side={side} documentId={kept.id} papers={papers} />}
        />
      ) : (
        <EmptyState title={i18n.t("This document is approved and cannot be changed any more.")} icon="lock" />
      )}
    </>
  );
}
