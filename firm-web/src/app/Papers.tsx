import { useFormats } from "@atrio/kit/format";
import { type Failure, type UploadPurpose, upload } from "@atrio/kit/graphql";
import { Button, Dialog } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useEffect, useId, useRef, useState } from "react";
import { UploadProgress } from "./DropZone";
import styles from "./Papers.module.css";

export interface Paper {
  id: string;
  filename: string;
  /** In bytes. */
  size: number;
  url?: string | null;
}

interface PapersProps {
  clientId: string;
  purpose: UploadPurpose;
  papers: readonly Paper[];
  /** Why nothing can be attached or removed. */
  denied?: string | undefined;
  /** Both resolve to why it was not done, or to nothing. */
  attach: (uploadId: string, file: File) => Promise<string | undefined>;
  detach: (paper: Paper) => Promise<string | undefined>;
}

/** The papers of something: each opens in a tab of its own; more are attached, wrong ones removed. */
export function Papers({ clientId, purpose, papers, denied, attach, detach }: PapersProps) {
  const i18n = useWords();
  const f = useFormats();
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const [sending, setSending] = useState<{ name: string; part: number }>();
  const [refused, setRefused] = useState<string>();
  const [doubted, setDoubted] = useState<Paper>();
  const leaving = useRef<AbortController>(undefined);
  useEffect(() => {
    leaving.current = new AbortController();
    return () => leaving.current?.abort();
  }, []);
  const sendOne = async (file: File): Promise<string | undefined> => {
    const told = (part: number) => setSending({ name: file.name, part });
    told(0);
    try {
      const { uploadId } = await upload(file, purpose, clientId, told, leaving.current?.signal);
      return await attach(uploadId, file);
    } catch (error) {
      const { message, offline } = error as Failure;
      return offline ? i18n.t("The server cannot be reached.") : message;
    }
  };
  const send = async (files: readonly File[]) => {
    setRefused(undefined);
    for (const file of files) {
      const problem = await sendOne(file);
      if (problem !== undefined) setRefused(`${file.name}: ${problem}`);
    }
    setSending(undefined);
  };
  const remove = async (paper: Paper) => {
    setDoubted(undefined);
    setRefused(await detach(paper));
  };
  return (
    <div className={styles.papers}>
      {papers.length > 0 && (
        <ul>
          {papers.map((paper) => (
            <li key={paper.id}>
              {paper.url ? (
                <a className={styles.name} href={paper.url} target="_blank" rel="noreferrer" title={paper.filename}>
                  {paper.filename}
                </a>
              ) : (
                <span className={styles.name}>{paper.filename}</span>
              )}
              <span className={`tabular ${styles.quiet}`}>
                {i18n.t("{size} KB", { size: f.count(Math.ceil(paper.size / 1024)) })}
              </span>
              <Button kind="bare" icon="close" iconOnly denied={denied} onClick={() => setDoubted(paper)}>
                {i18n.t("Remove {name}", { name: paper.filename })}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {sending && <UploadProgress {...sending} />}
      <Button icon="upload" denied={denied} busy={sending !== undefined} onClick={() => field.current?.click()}>
        {i18n.t("Attach a file")}
      </Button>
      <input
        ref={field}
        id={id}
        type="file"
        hidden
        multiple
        aria-label={i18n.t("File")}
        onChange={(event) => {
          void send([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      {refused && (
        <p role="alert" className={styles.refused}>
          {refused}
        </p>
      )}
      {doubted && (
        <Dialog
          open
          onClose={() => setDoubted(undefined)}
          width="narrow"
          title={i18n.t("Remove this file?")}
          actions={
            <>
              <Button onClick={() => setDoubted(undefined)}>{i18n.t("Keep")}</Button>
              <Button kind="danger" data-autofocus onClick={() => void remove(doubted)}>
                {i18n.t("Remove")}
              </Button>
            </>
          }
        >
          <p>{doubted.filename}</p>
        </Dialog>
      )}
    </div>
  );
}
