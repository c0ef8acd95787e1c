import { useRead, useWrite } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, Denied, ErrorState, Icon, NotFound, PageHeading, Skeleton } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { MarkOpened, PortalDocument, type PortalDocumentQuery } from "../gql/operations";
import { ReadMark, StateOf } from "./columns";
import styles from "./Document.module.css";
import { DownloadProgress } from "./DownloadProgress";
import { latestList } from "./latestList";
import { Messages } from "./Messages";
import { Paper } from "./Paper";
import { useDownloads } from "./useDownloads";
import { useTypes } from "./words";

export type OneDocument = NonNullable<PortalDocumentQuery["portalDocument"]>;

const route = getRouteApi("/$slug/frame/documents/$documentId");

/** One document: to read, to print, to keep as PDF, to talk about. */
export function Document() {
  const { documentId } = route.useParams();
  const reading = useRead(PortalDocument, { id: documentId });
  const { data, loading, failure, denials, reload } = reading;
  const document = data?.portalDocument;
  const denial = denials.at("portalDocument");
  return (
    <div className={styles.screen}>
      <WayBack />
      {document ? (
        <Standing document={document} reload={reload}>
          {document.messages && <Messages documentId={document.id} messages={document.messages} />}
        </Standing>
      ) : loading ? (
        <Skeleton rows={12} />
      ) : denial ? (
        <Denied denial={denial} />
      ) : failure ? (
        <ErrorState failure={failure} onRetry={reload} />
      ) : (
        <NotFound />
      )}
    </div>
  );
}

function WayBack() {
  const i18n = useWords();
  const { slug } = route.useParams();
  const navigate = route.useNavigate();
  const search = latestList(slug);
  const back = () => void navigate({ to: "/$slug/documents", params: { slug }, search });
  useKeys([{ keys: "Backspace", label: i18n.t("Back to the documents"), group: i18n.t("Document"), run: back }]);
  return (
    <nav aria-label={i18n.t("Back")}>
      <Link to="/$slug/documents" params={{ slug }} search={search} className={styles.back}>
        <Icon name="left" size={20} />
        {i18n.t("Documents")}
      </Link>
    </nav>
  );
}

interface StandingProps {
  document: OneDocument;
  reload: () => void;
  children: React.ReactNode;
}

function Standing({ document, reload, children }: StandingProps) {
  const i18n = useWords();
  const types = useTypes();
  const downloads = useDownloads(reload);
  useMarkOpened(document);
  const type = types[document.type].one;
  const name = document.number ? `${type} ${document.number}` : type;
  const fetchPdf = () => void downloads.start([{ id: document.id, name, pdfUrl: document.pdfUrl }]);
  const print = () => window.print();
  useKeys([{ keys: "d", label: i18n.t("Download PDF"), group: i18n.t("Document"), run: fetchPdf }]);
  return (
    <>
      <div data-noprint>
        <PageHeading
          detail={
            <span className={styles.standing}>
              <StateOf row={document} />
              <span className={styles.mark}>
                {i18n.t("Read")}: <ReadMark readAt={document.readAt} />
              </span>
            </span>
          }
          actions={
            <>
              {downloads.progress ? (
                <DownloadProgress downloads={downloads} />
              ) : (
                <Button kind="primary" icon="download" onClick={fetchPdf}>
                  {i18n.t("Download PDF")}
                </Button>
              )}
              <Button onClick={print}>{i18n.t("Print")}</Button>
            </>
          }
        >
          {name}
        </PageHeading>
      </div>
      <Paper document={document} />
      <p className={styles.authority}>{i18n.t("This page is for reading. The document that counts is the PDF.")}</p>
      <div data-noprint>{children}</div>
    </>
  );
}

/** Tells the publisher once that the document was looked at: when it stands on a screen that somebody sees. */
function useMarkOpened({ id, openedAt }: OneDocument): void {
  const [mark] = useWrite(MarkOpened);
  const marked = useRef<string>(undefined);
  useEffect(() => {
    if (openedAt || marked.current === id) return undefined;
    const tell = () => {
      if (window.document.visibilityState !== "visible" || marked.current === id) return;
      marked.current = id;
      void mark({ documentId: id });
    };
    tell();
    window.document.addEventListener("visibilitychange", tell);
    return () => window.document.removeEventListener("visibilitychange", tell);
  }, [id, openedAt, mark]);
}
