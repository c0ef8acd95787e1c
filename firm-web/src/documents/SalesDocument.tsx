import { isZero, useFormats } from "@atrio/kit/format";
import { newRequestKey, useRead, useWrite } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, Field, Icon, NotFound, TextArea } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Fact, ReadState } from "../app/Screen";
import screen from "../app/Screen.module.css";
import { AddComment, SalesDocumentPage } from "../gql/operations";
import { DocumentFacts, DocumentHead, DocumentLines, type SalesPaper } from "./DocumentBody";
import { DocumentLinks, Instalments } from "./DocumentLinks";
import { DocumentPapers } from "./DocumentPapers";
import styles from "./Documents.module.css";
import { InvoiceRecordPanel } from "./InvoiceRecord";
import { Mailings } from "./Mailings";
import { Payments } from "./payments/Payments";
import { Views } from "./Views";

const route = getRouteApi("/frame/c/$clientId/documents/sales/$documentId");

/** One sales document: what it says, who read it when, what was paid, what was said about it. */
export function SalesDocumentScreen() {
  const i18n = useWords();
  const f = useFormats();
  const { clientId, documentId } = route.useParams();
  const read = useRead(SalesDocumentPage, { id: documentId });
  const document = read.data?.salesDocument;
  const pdf = document?.pdfUrl;
  const openPdf = () => pdf && window.open(pdf, "_blank", "noreferrer");
  useKeys([{ keys: "p", label: i18n.t("Open the PDF"), group: i18n.t("Documents"), run: () => void openPdf() }], Boolean(pdf));
  return (
    <div className={screen.page}>
      <ReadState read={read} at="salesDocument">
        {!document ? (
          <NotFound />
        ) : (
          <>
            <DocumentHead clientId={clientId} side="sales" document={document}>
              {pdf && (
                <a className={styles.button} href={pdf} target="_blank" rel="noreferrer">
                  <Icon name="document" /> {i18n.t("Open the PDF")}
                </a>
              )}
            </DocumentHead>
            <div className={styles.body}>
              <div className={styles.main}>
                <DocumentLines document={document} />
                <Messages document={document} />
              </div>
              <div className={styles.side}>
                <DocumentFacts clientId={clientId} document={document}>
                  <Fact label={i18n.t("Sent")}>{document.sentAt ? f.instant(document.sentAt) : i18n.t("not sent")}</Fact>
                  <Fact label={i18n.t("Opened")}>{document.openedAt ? f.instant(document.openedAt) : i18n.t("not opened")}</Fact>
                  <Fact label={i18n.t("Read")}>{document.readAt ? f.instant(document.readAt) : i18n.t("not read")}</Fact>
                  {document.decidedBy && (
                    <Fact label={i18n.t("Answered by")}>
                      {document.decidedBy}
                      {document.decisionReason && <div className={styles.quiet}>{document.decisionReason}</div>}
                    </Fact>
                  )}
                  {document.voidedAt && (
                    <Fact label={i18n.t("Voided")}>
                      {f.instant(document.voidedAt)}
                      <div className={styles.quiet}>{document.voidReason}</div>
                    </Fact>
                  )}
                  {document.facturaeUrl && document.ublUrl && document.facturXUrl && (
                    <Fact label="Facturae, UBL">
                      <a href={document.facturaeUrl}>{i18n.t("Facturae (not signed)")}</a>
                      {isZero(document.outlayTotal) ? (
                        <>
                          {" · "}
                          <a href={document.ublUrl}>UBL</a> · <a href={document.facturXUrl}>Factur-X</a>
                        </>
                      ) : (
                        <div className={styles.quiet}>{i18n.t("UBL and Factur-X have no place for outlays.")}</div>
                      )}
                    </Fact>
                  )}
                  {document.rectificationReason && <Fact label={i18n.t("Reason")}>{document.rectificationReason}</Fact>}
                </DocumentFacts>
                <DocumentLinks clientId={clientId} side="sales" document={document} />
                <Instalments document={document} />
                <Payments clientId={clientId} side="sales" document={document} />
                {document.verifactu && <InvoiceRecordPanel clientId={clientId} record={document.verifactu} />}
                <Mailings document={document} />
                <Views document={document} />
                <DocumentPapers clientId={clientId} side="sales" documentId={document.id} papers={document.attachments ?? []} />
              </div>
            </div>
          </>
        )}
      </ReadState>
    </div>
  );
}

/** The thread between issuer and contact. */
function Messages({ document }: { document: SalesPaper }) {
  const i18n = useWords();
  const f = useFormats();
  const [add, adding] = useWrite(AddComment);
  const [text, setText] = useState("");
  const [requestKey, setRequestKey] = useState(newRequestKey);
  const [refused, setRefused] = useState<string>();
  const messages = document.messages ?? [];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "") return;
    const { data, failure, denials } = await add({ documentId: document.id, text: text.trim(), requestKey });
    const problem = failure?.message ?? data?.addComment?.refusals[0]?.message ?? denials.at("addComment")?.message;
    setRefused(problem);
    if (problem !== undefined) return;
    setText("");
    setRequestKey(newRequestKey());
  };
  return (
    <section className={styles.section} aria-labelledby="messages">
      <h2 id="messages">{i18n.t("Messages")}</h2>
      {messages.length === 0 && <p className={styles.quiet}>{i18n.t("Nothing was said about this document.")}</p>}
      <ol className={styles.messages}>
        {messages.map((message) => (
          <li key={message.id} className={message.byIssuer ? `${styles.message} ${styles.ours}` : styles.message}>
            <small>
              {message.authorName} · {f.instant(message.createdAt)}
            </small>
            {message.text}
          </li>
        ))}
      </ol>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field label={i18n.t("Answer")} help={i18n.t("The contact reads it in the portal and gets a mail.")} error={refused}>
          {(ids) => <TextArea {...ids} maxLength={4000} value={text} onChange={(event) => setText(event.target.value)} />}
        </Field>
        <Button type="submit" busy={adding}>
          {i18n.t("Send")}
        </Button>
      </form>
    </section>
  );
}
