import { localDate } from "@atrio/kit/format";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { type DocumentSide, rowPlace } from "../../app/places";
import styles from "../Documents.module.css";
import { DocumentEditor } from "./DocumentEditor";
import { newDraft } from "./draft";

const sales = getRouteApi("/frame/c/$clientId/documents/sales/new");
const purchases = getRouteApi("/frame/c/$clientId/documents/purchases/new");

export function NewSalesScreen() {
  const { clientId } = sales.useParams();
  const { type } = sales.useSearch();
  const [start] = useState(() => newDraft(type, "sales", localDate()));
  return <New clientId={clientId} side="sales" start={start} />;
}

export function NewPurchaseScreen() {
  const { clientId } = purchases.useParams();
  const { type } = purchases.useSearch();
  const [start] = useState(() => newDraft(type, "purchases", localDate()));
  return <New clientId={clientId} side="purchases" start={start} />;
}

function New({ clientId, side, start }: { clientId: string; side: DocumentSide; start: ReturnType<typeof newDraft> }) {
  return (
    <>
      <EditorTrail clientId={clientId} side={side} />
      <DocumentEditor clientId={clientId} side={side} start={start} />
    </>
  );
}

/** The way back to the list. */
export function EditorTrail({ clientId, side }: { clientId: string; side: DocumentSide }) {
  const i18n = useWords();
  return (
    <nav aria-label={i18n.t("Where you are")} className={styles.editorTrail}>
      <Link {...rowPlace.documentsIn(clientId, side)}>{side === "sales" ? i18n.t("Sales") : i18n.t("Purchases")}</Link>
    </nav>
  );
}
