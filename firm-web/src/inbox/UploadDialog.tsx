import { type Failure, newRequestKey, upload, useWrite } from "@atrio/kit/graphql";
import { Button, Dialog, Status } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useEffect, useRef, useState } from "react";
import { DropZone, UploadProgress } from "../app/DropZone";
import { ReceiveInboxFile } from "../gql/operations";
import styles from "./Inbox.module.css";

interface Sent {
  key: string;
  name: string;
  part: number;
  state: "sending" | "received" | "duplicate" | "refused";
  message?: string;
}

/** Papers into the inbox, several at once; each tells for itself whether it was taken. */
export function UploadDialog({ clientId, onClose }: { clientId: string; onClose: () => void }) {
  const i18n = useWords();
  const [receive] = useWrite(ReceiveInboxFile);
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const leaving = useRef<AbortController>(undefined);
  useEffect(() => {
    leaving.current = new AbortController();
    return () => leaving.current?.abort();
  }, []);
  const mark = (key: string, part: Partial<Sent>) =>
    setSent((now) => now.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const sendOne = async (file: File, key: string) => {
    try {
      const { uploadId } = await upload(file, "inbox", clientId, (part) => mark(key, { part }), leaving.current?.signal);
      const { data, failure, denials } = await receive({ input: { companyId: clientId, uploadId, requestKey: key } });
      const answer = data?.receiveInboxFile;
      const message = failure?.message ?? answer?.refusals[0]?.message ?? denials.at("receiveInboxFile")?.message;
      if (message !== undefined) return mark(key, { state: "refused", message });
      mark(key, { state: answer?.inboxFile?.duplicateOfId ? "duplicate" : "received" });
    } catch (error) {
      const { message, offline } = error as Failure;
      mark(key, { state: "refused", message: offline ? i18n.t("The server cannot be reached.") : message });
    }
  };
  const send = async (files: readonly File[]) => {
    const added = files.map((file) => ({ file, key: newRequestKey() }));
    setSent((now) => [...now, ...added.map(({ file, key }) => ({ key, name: file.name, part: 0, state: "sending" as const }))]);
    // One after the other: the list keeps the order in which the papers were chosen.
    for (const { file, key } of added) await sendOne(file, key);
  };
  return (
    <Dialog open onClose={onClose} title={i18n.t("Upload papers")} actions={<Button onClick={onClose}>{i18n.t("Close")}</Button>}>
      <div className={styles.upload}>
        <DropZone accept="application/pdf,image/jpeg,image/png" several onFiles={(files) => void send(files)}>
          {i18n.t("Drop invoices and receipts here: PDF, JPEG or PNG.")}
        </DropZone>
        <ul className={styles.sent} aria-live="polite">
          {sent.map((one) => (
            <li key={one.key}>
              <span className={styles.sentName}>{one.name}</span>
              <SentState one={one} />
              {one.message && <p className={styles.refused}>{one.message}</p>}
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function SentState({ one: { name, part, state } }: { one: Sent }) {
  const i18n = useWords();
  if (state === "sending") return <UploadProgress name={name} part={part} />;
  if (state === "refused") return <Status tone="bad">{i18n.t("Not taken")}</Status>;
  if (state === "duplicate") return <Status tone="wait">{i18n.t("Received; the same content was here before")}</Status>;
  return <Status tone="good">{i18n.t("Received")}</Status>;
}
