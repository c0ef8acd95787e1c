import { useFormats } from "@atrio/kit/format";
import { type Failure, newRequestKey, upload, useWrite } from "@atrio/kit/graphql";
import { Button, Dialog, ErrorState, Icon } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useEffect, useRef, useState } from "react";
import { DropZone, UploadProgress } from "../app/DropZone";
import { ImportStatement, type ImportStatementMutation } from "../gql/operations";
import styles from "./Bank.module.css";
import { OpenAccount } from "./OpenAccount";

type Result = NonNullable<ImportStatementMutation["importStatement"]>;

type Step =
  | { at: "choose" }
  | { at: "sending"; name: string; part: number }
  | { at: "reading"; name: string }
  | { at: "failed"; name: string; failure: Failure }
  | { at: "refused"; name: string; message: string }
  | { at: "unknown account"; name: string; uploadId: string; message: string }
  | { at: "done"; name: string; result: Result };

interface ImportDialogProps {
  clientId: string;
  /** Lines came; the list behind is no longer what the gateway has. */
  onImported: () => void;
  onClose: () => void;
}

/** A statement file on its way into the books: sent, read, and told what it brought or why it brought nothing. */
export function ImportDialog({ clientId, onImported, onClose }: ImportDialogProps) {
  const i18n = useWords();
  const [step, setStep] = useState<Step>({ at: "choose" });
  const [runImport] = useWrite(ImportStatement);
  const leaving = useRef<AbortController>(undefined);
  useEffect(() => {
    leaving.current = new AbortController();
    return () => leaving.current?.abort();
  }, []);

  const read = async (name: string, uploadId: string) => {
    setStep({ at: "reading", name });
    const input = { companyId: clientId, uploadId, requestKey: newRequestKey() };
    const { data, failure, denials } = await runImport({ input });
    if (failure) return setStep({ at: "failed", name, failure });
    const result = data?.importStatement;
    const refusal = result?.refusals[0];
    const message = refusal?.message ?? denials.at("importStatement")?.message;
    if (refusal?.code === "BANK_ACCOUNT_UNKNOWN")
      return setStep({ at: "unknown account", name, uploadId, message: refusal.message });
    if (!result || message !== undefined) return setStep({ at: "refused", name, message: message ?? "" });
    setStep({ at: "done", name, result });
    if (result.addedCount > 0) onImported();
  };
  const send = async (file: File) => {
    const { name } = file;
    setStep({ at: "sending", name, part: 0 });
    try {
      const progress = (part: number) => setStep({ at: "sending", name, part });
      const { uploadId } = await upload(file, "statement", clientId, progress, leaving.current?.signal);
      await read(name, uploadId);
    } catch (failure) {
      setStep({ at: "failed", name, failure: failure as Failure });
    }
  };
  const again = () => setStep({ at: "choose" });
  return (
    <Dialog
      open
      onClose={onClose}
      title={i18n.t("Import a statement")}
      actions={step.at === "done" && <Finish onAgain={again} onClose={onClose} />}
    >
      <div className={styles.result} aria-live="polite">
        {step.at === "choose" && (
          <>
            <DropZone accept=".n43,.aeb,.txt,.q43,.c43,text/plain" onFiles={([file]) => file && void send(file)}>
              {i18n.t("Drop the file of the bank here: AEB Norma 43, with one or several accounts.")}
            </DropZone>
            <p className={styles.quiet}>{i18n.t("Lines that are already here are not added twice.")}</p>
          </>
        )}
        {step.at === "sending" && (
          <>
            <p>{i18n.t("Sending {name}", { name: step.name })}</p>
            <UploadProgress name={step.name} part={step.part} />
          </>
        )}
        {step.at === "reading" && <p>{i18n.t("Reading {name}", { name: step.name })}</p>}
        {step.at === "failed" && (
          <ErrorState failure={step.failure} onRetry={again} title={i18n.t("The file was not imported.")} />
        )}
        {step.at === "refused" && <Refused name={step.name} message={step.message} onAgain={again} />}
        {step.at === "unknown account" && (
          <OpenAccount
            clientId={clientId}
            message={step.message}
            onOpened={() => void read(step.name, step.uploadId)}
            onCancel={again}
          />
        )}
        {step.at === "done" && <Brought result={step.result} />}
      </div>
    </Dialog>
  );
}

function Finish({ onAgain, onClose }: { onAgain: () => void; onClose: () => void }) {
  const i18n = useWords();
  return (
    <>
      <Button onClick={onAgain}>{i18n.t("Import another file")}</Button>
      <Button kind="primary" onClick={onClose}>
        {i18n.t("Show the lines")}
      </Button>
    </>
  );
}

function Refused({ name, message, onAgain }: { name: string; message: string; onAgain: () => void }) {
  const i18n = useWords();
  return (
    <div role="alert" className={styles.result}>
      <h3>{i18n.t("Nothing of {name} was imported.", { name })}</h3>
      <p className={styles.refused}>{message}</p>
      <div>
        <Button onClick={onAgain}>{i18n.t("Choose another file")}</Button>
      </div>
    </div>
  );
}

/** What the file brought: new lines, known lines, and every control total that did not fit. */
function Brought({ result }: { result: Result }) {
  const i18n = useWords();
  const f = useFormats();
  const { addedCount, knownCount, warnings } = result;
  const statements = result.statements ?? [];
  return (
    <>
      <dl className={styles.counts}>
        <div>
          <dt>{i18n.t("Lines added")}</dt>
          <dd>{f.count(addedCount)}</dd>
        </div>
        <div>
          <dt>{i18n.t("Already known")}</dt>
          <dd>{f.count(knownCount)}</dd>
        </div>
        <div>
          <dt>{i18n.t("Warnings")}</dt>
          <dd>{f.count(warnings.length)}</dd>
        </div>
      </dl>
      {addedCount === 0 && knownCount > 0 && <p>{i18n.t("Every line of this file was here already. Nothing changed.")}</p>}
      {statements.map((statement) => (
        <p key={statement.id} className={styles.quiet}>
          {i18n.t("{from} to {to}, {count, plural, one {# line} other {# lines}}: opening {opening}, closing {closing}", {
            from: f.date(statement.firstDay),
            to: f.date(statement.lastDay),
            count: statement.lineCount,
            opening: f.money(statement.openingBalance),
            closing: f.money(statement.closingBalance),
          })}
        </p>
      ))}
      {warnings.length > 0 && (
        <ul className={styles.warnings} aria-label={i18n.t("Warnings")}>
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      {warnings.length === 0 && (
        <p className={styles.accountName}>
          <Icon name="check" /> {i18n.t("All balances and control totals of the file fit.")}
        </p>
      )}
    </>
  );
}
