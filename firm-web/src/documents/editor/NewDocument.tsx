import { localDate } from "@atrio/kit/format";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { type Paper, Papers } from "../../app/Papers";
import { type DocumentSide, rowPlace } from "../../app/places";
import { useWriteAccess } from "../../app/useWriteAccess";
import styles from "../Documents.module.css";
import { DocumentEditor } from "./DocumentEditor";
import { newDraft } from "./draft";
import { isShown, PaperPane } from "./PaperPane";

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

/** A paper that was uploaded and waits for its document; shown from the person's own disk. */
interface Waiting extends Paper {
  mediaType: string;
}

function New({ clientId, side, start }: { clientId: string; side: DocumentSide; start: ReturnType<typeof newDraft> }) {
  const i18n = useWords();
  const [waiting, setWaiting] = useState<readonly Waiting[]>([]);
  const noEdit = useWriteAccess(clientId, side === "sales" ? "SALES" : "PURCHASES", "edit");
  const attach = async (id: string, file: File) => {
    const paper = { id, filename: file.name, size: file.size, mediaType: file.type, url: URL.createObjectURL(file) };
    setWaiting((now) => [...now, paper]);
    return undefined;
  };
  const detach = async ({ id, url }: Paper) => {
    if (url) URL.revokeObjectURL(url);
    setWaiting((now) => now.filter((one) => one.id !== id));
    return undefined;
  };
  const shown = side === "purchases" ? waiting.find(({ mediaType }) => isShown(mediaType)) : undefined;
  return (
    <>
      <EditorTrail clientId={clientId} side={side} />
      <DocumentEditor
        clientId={clientId}
        side={side}
        start={start}
        beside={shown && <PaperPane paper={shown} />}
        uploads={waiting.map(({ id }) => id)}
        papers={
          <section className={styles.section} aria-labelledby="attachments">
            <h2 id="attachments">{i18n.t("Attached files")}</h2>
            <Papers clientId={clientId} purpose={side} papers={waiting} denied={noEdit} attach={attach} detach={detach} />
          </section>
        }
      />
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
