import { type Failure, upload, useWrite } from "@atrio/kit/graphql";
import { Button, Checkbox, Dialog, ErrorState, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useEffect, useRef, useState } from "react";
import { DropZone, UploadProgress } from "../../app/DropZone";
import { useWriteAccess } from "../../app/useWriteAccess";
import { ImportJournal, PreviewJournalImport, type PreviewJournalImportMutation } from "../../gql/operations";
import styles from "../Journal.module.css";

type Preview = NonNullable<PreviewJournalImportMutation["previewJournalImport"]>;

type Step =
  | { at: "choose" }
  | { at: "sending"; name: string; part: number }
  | { at: "reading"; name: string }
  | { at: "failed"; failure: Failure }
  | { at: "refused"; message: string }
  | { at: "looked"; uploadId: string; preview: Preview };

interface ImportDialogProps {
  clientId: string;
  /** Entries came; the list behind is no longer what the gateway has. */
  onImported: () => void;
  onClose: () => void;
}

/** A table of entries on its way in: sent, looked at row by row, then taken whole or not at all. */
export function ImportDialog({ clientId, onImported, onClose }: ImportDialogProps) {
  const i18n = useWords();
  const [step, setStep] = useState<Step>({ at: "choose" });
  const [post, setPost] = useState(false);
  const noPosting = useWriteAccess(clientId, "JOURNAL", "approve");
  const [look] = useWrite(PreviewJournalImport);
  const [take, taking] = useWrite(ImportJournal);
  const leaving = useRef<AbortController>(undefined);
  useEffect(() => {
    leaving.current = new AbortController();
    return () => leaving.current?.abort();
  }, []);

  const send = async (file: File) => {
    const { name } = file;
    try {
      const progress = (part: number) => setStep({ at: "sending", name, part });
      progress(0);
      const { uploadId } = await upload(file, "journal", clientId, progress, leaving.current?.signal);
      setStep({ at: "reading", name });
      const { data, failure, denials } = await look({ companyId: clientId, uploadId });
      const preview = data?.previewJournalImport;
      const message = preview?.refusals[0]?.message ?? denials.at("previewJournalImport")?.message;
      if (failure) setStep({ at: "failed", failure });
      else if (!preview || message !== undefined) setStep({ at: "refused", message: message ?? "" });
      else setStep({ at: "looked", uploadId, preview });
    } catch (failure) {
      setStep({ at: "failed", failure: failure as Failure });
    }
  };
  const run = async (uploadId: string) => {
    const { data, failure, denials } = await take({ companyId: clientId, uploadId, post });
    const message = data?.importJournal?.refusals[0]?.message ?? denials.at("importJournal")?.message;
    if (failure) return setStep({ at: "failed", failure });
    if (message !== undefined) return setStep({ at: "refused", message });
    sayDone({
      text: i18n.t("{count, plural, one {# entry imported.} other {# entries imported.}}", {
        count: data?.importJournal?.made ?? 0,
      }),
    });
    onImported();
    onClose();
  };
  const again = () => setStep({ at: "choose" });
  const ready = step.at === "looked" && step.preview.refused.length === 0 && step.preview.made > 0;
  return (
    <Dialog
      open
      onClose={onClose}
      title={i18n.t("Import entries")}
      actions={
        step.at === "looked" && (
          <>
            <Button onClick={again}>{i18n.t("Another file")}</Button>
            <Button
              kind="primary"
              busy={taking}
              denied={ready ? undefined : i18n.t("There is nothing to import, or some rows were refused.")}
              onClick={() => void run(step.uploadId)}
            >
              {i18n.t("Import")}
            </Button>
          </>
        )
      }
    >
      <div className={styles.messages} aria-live="polite">
        {step.at === "choose" && (
          <>
            <DropZone accept=".csv,.xlsx,text/csv" onFiles={([file]) => file && void send(file)}>
              {i18n.t("Drop a CSV or Excel table here, with one row per line of an entry.")}
            </DropZone>
            <p className={styles.quiet}>
              {i18n.t("Columns: number, date, entry, account, contact, text, debit, credit. The same table twice adds nothing.")}
            </p>
          </>
        )}
        {step.at === "sending" && <UploadProgress name={step.name} part={step.part} />}
        {step.at === "reading" && <p>{i18n.t("Reading {name}", { name: step.name })}</p>}
        {step.at === "failed" && (
          <ErrorState failure={step.failure} onRetry={again} title={i18n.t("The file was not imported.")} />
        )}
        {step.at === "refused" && (
          <>
            <p role="alert">{step.message}</p>
            <div>
              <Button onClick={again}>{i18n.t("Another file")}</Button>
            </div>
          </>
        )}
        {step.at === "looked" && (
          <>
            <p>
              {i18n.t("{count, plural, one {# new entry} other {# new entries}}", { count: step.preview.made })} ·{" "}
              {i18n.t("{count, plural, one {# is here already} other {# are here already}}", { count: step.preview.known })}
            </p>
            {step.preview.refused.length > 0 && (
              <ul aria-label={i18n.t("Refused rows")}>
                {step.preview.refused.map(({ row, refusal }) => (
                  <li key={`${row}-${refusal.code}`}>{i18n.t("Row {row}: {problem}", { row, problem: refusal.message })}</li>
                ))}
              </ul>
            )}
            <Checkbox
              label={i18n.t("Post them at once")}
              checked={post}
              disabled={noPosting !== undefined}
              onChange={(event) => setPost(event.target.checked)}
            />
          </>
        )}
      </div>
    </Dialog>
  );
}
