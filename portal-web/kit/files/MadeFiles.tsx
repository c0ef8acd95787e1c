import { useState } from "react";
import { useFormats } from "../format";
import { useWrite } from "../graphql";
import { Button, Dialog, EmptyState, sayDone } from "../ui";
import { useWords } from "../words";
import { type FileOperations, isOpen, type MadeFile, useFetchFile, useMadeFiles } from "./files";
import styles from "./MadeFiles.module.css";

/** The button in the top line that says how far a file is, and the list of one's own files behind it. */
export function MadeFiles({ operations }: { operations: FileOperations }) {
  const i18n = useWords();
  const [open, setOpen] = useState(false);
  const { files, reload } = useMadeFiles(operations);
  const making = files.filter(isOpen);
  if (files.length === 0) return null;
  const show = () => {
    reload();
    setOpen(true);
  };
  return (
    <>
      <Button kind="bare" icon="download" iconOnly={making.length === 0} onClick={show}>
        {making.length === 0 ? i18n.t("My files") : partText(making[0] as MadeFile)}
      </Button>
      {making.length > 0 && (
        <span className="unseen" role="status">
          {i18n.t("{count, plural, one {# file is being made} other {# files are being made}}", { count: making.length })}
        </span>
      )}
      <Dialog open={open} onClose={() => setOpen(false)} title={i18n.t("My files")}>
        {files.length === 0 ? (
          <EmptyState title={i18n.t("No files yet.")} icon="document" />
        ) : (
          <ul className={styles.files}>
            {files.map((file) => (
              <FileRow key={file.id} operations={operations} file={file} onChanged={reload} />
            ))}
          </ul>
        )}
        <p className={styles.note}>{i18n.t("Files are kept for seven days, and only while you may see what is in them.")}</p>
      </Dialog>
    </>
  );
}

function partText({ rowsDone, rowsTotal }: MadeFile): string {
  return rowsTotal ? `${Math.floor((100 * rowsDone) / rowsTotal)} %` : "…";
}

function FileRow({ operations, file, onChanged }: { operations: FileOperations; file: MadeFile; onChanged: () => void }) {
  const i18n = useWords();
  const f = useFormats();
  const [cancel, cancelling] = useWrite(operations.cancel);
  const { fetchFile, fetching } = useFetchFile(operations);
  const stop = async () => {
    const { data, failure } = await cancel({ id: file.id });
    const refusal = failure?.message ?? data?.cancelExport.refusals[0]?.message;
    if (refusal) sayDone({ text: refusal, tone: "bad" });
    onChanged();
  };
  return (
    <li className={styles.file}>
      <span className={styles.name}>{file.filename}</span>
      <span className={styles.act}>
        {file.state === "DONE" && (
          <Button icon="download" busy={fetching} onClick={() => void fetchFile(file.id)}>
            {i18n.t("Download")}
          </Button>
        )}
        {isOpen(file) && (
          <Button kind="bare" icon="close" busy={cancelling} onClick={() => void stop()}>
            {i18n.t("Cancel")}
          </Button>
        )}
      </span>
      <span className={styles.state} data-bad={file.state === "FAILED" || undefined}>
        {file.state === "WAITING" && i18n.t("Waits for its turn")}
        {file.state === "RUNNING" && <Progress file={file} />}
        {file.state === "CANCELLED" && i18n.t("Cancelled")}
        {file.state === "FAILED" && file.failureText}
        {file.state === "DONE" && f.relative(file.createdAt)}
      </span>
    </li>
  );
}

function Progress({ file: { filename, rowsDone, rowsTotal } }: { file: MadeFile }) {
  const i18n = useWords();
  const f = useFormats();
  const label = i18n.t("How far {filename} is", { filename });
  return (
    <>
      <progress aria-label={label} max={rowsTotal ?? 1} value={rowsTotal === null ? undefined : rowsDone} />
      {rowsTotal !== null && i18n.t("{done} of {total}", { done: f.count(rowsDone), total: f.count(rowsTotal) })}
    </>
  );
}
