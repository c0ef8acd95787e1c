import { type Failure, newRequestKey, upload, useWrite } from "@atrio/kit/graphql";
import { Button, Checkbox, ErrorState, Field, PageHeading, Select } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { DropZone, UploadProgress } from "../app/DropZone";
import { clientPlace } from "../app/places";
import screen from "../app/Screen.module.css";
import { useWriteAccess } from "../app/useWriteAccess";
import {
  type ContactImportField,
  ImportContacts,
  PreviewContactImport,
  type PreviewContactImportMutation,
} from "../gql/operations";
import styles from "./Contacts.module.css";
import { ImportRun } from "./ImportRun";
import { columnsInput, type Mapping, mapped } from "./mapping";
import { WrongRows } from "./WrongRows";
import { useImportFields } from "./words";

type Preview = NonNullable<PreviewContactImportMutation["previewContactImport"]>;

type Step =
  | { at: "choose" }
  | { at: "sending"; name: string; part: number }
  | { at: "reading"; name: string }
  | { at: "failed"; failure: Failure }
  | { at: "refused"; message: string }
  | { at: "look"; uploadId: string; preview: Preview; refused?: string };

const route = getRouteApi("/frame/c/$clientId/contacts/import");

/** A list of contacts on its way into the book: sent, looked at, confirmed. Until then nothing is written. */
export function ImportScreen() {
  const i18n = useWords();
  const { clientId } = route.useParams();
  const { run } = route.useSearch();
  const navigate = route.useNavigate();
  const closed = useWriteAccess(clientId, "CONTACTS", "edit");
  const [step, setStep] = useState<Step>({ at: "choose" });
  const [kinds, setKinds] = useState({ isCustomer: true, isSupplier: false });
  const [look] = useWrite(PreviewContactImport);
  const leaving = useRef<AbortController>(undefined);
  useEffect(() => {
    leaving.current = new AbortController();
    return () => leaving.current?.abort();
  }, []);

  const preview = async (name: string, uploadId: string, as: typeof kinds, mapping?: Mapping) => {
    setStep({ at: "reading", name });
    const columns = mapping && columnsInput(mapping);
    const { data, failure, denials } = await look({ input: { companyId: clientId, uploadId, columns, ...as } });
    const payload = data?.previewContactImport;
    const message = payload?.refusals[0]?.message ?? denials.at("previewContactImport")?.message;
    if (failure) setStep({ at: "failed", failure });
    else if (!payload || message !== undefined) setStep({ at: "refused", message: message ?? "" });
    else setStep({ at: "look", uploadId, preview: payload });
  };
  const send = async (file: File) => {
    const { name } = file;
    setStep({ at: "sending", name, part: 0 });
    try {
      const progress = (part: number) => setStep({ at: "sending", name, part });
      const { uploadId } = await upload(file, "contacts", clientId, progress, leaving.current?.signal);
      await preview(name, uploadId, kinds);
    } catch (failure) {
      setStep({ at: "failed", failure: failure as Failure });
    }
  };
  const again = () => {
    setStep({ at: "choose" });
    if (run) void navigate({ search: {} });
  };
  return (
    <div className={screen.page}>
      <nav aria-label={i18n.t("Where you are")} className={styles.trail}>
        <Link {...clientPlace(clientId, "contacts")} search={{}}>
          {i18n.t("Contacts")}
        </Link>
      </nav>
      <PageHeading>{i18n.t("Import contacts")}</PageHeading>
      <div className={styles.steps} aria-live="polite">
        {closed && <p className={styles.refused}>{closed}</p>}
        {run && <ImportRun id={run} clientId={clientId} onAgain={again} />}
        {!run && step.at === "choose" && !closed && (
          <DropZone accept=".csv,.txt,.tsv,.xlsx,text/csv" onFiles={([file]) => file && void send(file)}>
            {i18n.t("Drop a list here: CSV or an Excel workbook, with one row of headers. Nothing is written until you confirm.")}
          </DropZone>
        )}
        {step.at === "sending" && <UploadProgress name={step.name} part={step.part} />}
        {step.at === "reading" && (
          <>
            <p>{i18n.t("Reading {name}", { name: step.name })}</p>
            <progress aria-label={i18n.t("Reading {name}", { name: step.name })} />
          </>
        )}
        {step.at === "failed" && (
          <ErrorState failure={step.failure} onRetry={again} title={i18n.t("The file was not imported.")} />
        )}
        {step.at === "refused" && (
          <div role="alert" className={styles.section}>
            <p className={styles.refused}>{step.message}</p>
            <div>
              <Button onClick={again}>{i18n.t("Choose another file")}</Button>
            </div>
          </div>
        )}
        {!run && step.at === "look" && (
          <Look
            // Another answer is another mapping to start from.
            key={JSON.stringify(step.preview.columns)}
            clientId={clientId}
            uploadId={step.uploadId}
            preview={step.preview}
            kinds={kinds}
            onKinds={setKinds}
            onAgain={again}
            onLook={(mapping) => void preview(step.preview.filename ?? "", step.uploadId, kinds, mapping)}
            onStarted={(id) => void navigate({ search: { run: id } })}
          />
        )}
      </div>
    </div>
  );
}

interface LookProps {
  clientId: string;
  uploadId: string;
  preview: Preview;
  kinds: { isCustomer: boolean; isSupplier: boolean };
  onKinds: (kinds: { isCustomer: boolean; isSupplier: boolean }) => void;
  onAgain: () => void;
  onLook: (mapping: Mapping) => void;
  onStarted: (importId: string) => void;
}

/** The list as it would be taken in: what each column holds, what is wrong, what is there already. */
function Look({ clientId, uploadId, preview, kinds, onKinds, onAgain, onLook, onStarted }: LookProps) {
  const i18n = useWords();
  const fields = useImportFields();
  const [mapping, setMapping] = useState<Mapping>(() => mapped(preview.columns));
  const [updates, setUpdates] = useState(false);
  const [leaveOut, setLeaveOut] = useState(false);
  const [requestKey, setRequestKey] = useState(newRequestKey);
  const [refused, setRefused] = useState<string>();
  const [take, taking] = useWrite(ImportContacts);
  const changed = JSON.stringify(mapping) !== JSON.stringify(mapped(preview.columns));
  const confirm = async () => {
    const input = {
      companyId: clientId,
      uploadId,
      columns: columnsInput(mapping),
      ...kinds,
      existing: updates ? ("UPDATE" as const) : ("SKIP" as const),
      leaveOutWrong: leaveOut,
      requestKey,
    };
    const { data, failure, denials } = await take({ input });
    const payload = data?.importContacts;
    const problem = failure?.message ?? payload?.refusals[0]?.message ?? denials.at("importContacts")?.message;
    if (problem !== undefined || !payload?.contactImport) {
      if (!failure?.offline) setRequestKey(newRequestKey());
      return setRefused(problem ?? "");
    }
    onStarted(payload.contactImport.id);
  };
  const { newCount, existingCount, wrongCount } = preview;
  return (
    <>
      <p>
        {i18n.t("{count, plural, one {# new contact} other {# new contacts}}", { count: newCount })} ·{" "}
        {i18n.t("{count, plural, one {# is in the book already} other {# are in the book already}}", { count: existingCount })} ·{" "}
        {i18n.t("{count, plural, one {# row is wrong} other {# rows are wrong}}", { count: wrongCount })}
      </p>
      <section className={styles.section} aria-labelledby="columns">
        <h2 id="columns">{i18n.t("What each column holds")}</h2>
        <div className={styles.columns}>
          {preview.columns.map(({ column, header, example }) => (
            <Field key={column} label={header || i18n.t("Column {number}", { number: column + 1 })} help={example ?? "–"}>
              {(ids) => (
                <Select
                  {...ids}
                  value={mapping[column] ?? ""}
                  onChange={(event) =>
                    setMapping({ ...mapping, [column]: (event.target.value || undefined) as ContactImportField | undefined })
                  }
                >
                  <option value="">{i18n.t("Not read")}</option>
                  {Object.entries(fields).map(([value, label]) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          ))}
        </div>
        <div className={styles.ticks}>
          <Checkbox
            label={i18n.t("Rows are customers")}
            checked={kinds.isCustomer}
            onChange={(event) => onKinds({ ...kinds, isCustomer: event.target.checked })}
          />
          <Checkbox
            label={i18n.t("Rows are suppliers")}
            checked={kinds.isSupplier}
            onChange={(event) => onKinds({ ...kinds, isSupplier: event.target.checked })}
          />
          <Button onClick={() => onLook(mapping)}>{i18n.t("Check again")}</Button>
        </div>
      </section>
      {wrongCount > 0 && <WrongRows clientId={clientId} uploadId={uploadId} preview={preview} kinds={kinds} />}
      <div className={styles.scroll}>
        <table aria-label={i18n.t("Rows of the list")}>
          <thead>
            <tr>
              <th>{i18n.t("Row")}</th>
              <th>{i18n.t("Name")}</th>
              <th>{i18n.t("Tax number")}</th>
              <th>{i18n.t("Result")}</th>
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row) => (
              <tr key={row.number}>
                <td className="tabular">{row.number}</td>
                <td>{row.name || "–"}</td>
                <td className="tabular">{row.taxId || "–"}</td>
                <td>
                  {row.act === "ADD" && i18n.t("New")}
                  {row.act === "EXISTING" && i18n.t("In the book: {name}", { name: row.existingName ?? "" })}
                  {row.act === "WRONG" && (
                    <ul className={styles.problems}>
                      {row.problems.map((problem) => (
                        <li key={`${problem.column} ${problem.message}`}>
                          {problem.column !== null && problem.column !== undefined && (
                            <strong>{preview.columns[problem.column]?.header}: </strong>
                          )}
                          {problem.message}
                        </li>
                      ))}
                    </ul>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.ticks}>
        {existingCount > 0 && (
          <Checkbox
            label={i18n.t("Change contacts that are in the book")}
            checked={updates}
            onChange={(event) => setUpdates(event.target.checked)}
          />
        )}
        {wrongCount > 0 && (
          <Checkbox
            label={i18n.t("Leave out wrong rows")}
            checked={leaveOut}
            onChange={(event) => setLeaveOut(event.target.checked)}
          />
        )}
      </div>
      {refused !== undefined && (
        <p role="alert" className={styles.refused}>
          {refused}
        </p>
      )}
      <div className={styles.kinds}>
        <Button onClick={onAgain}>{i18n.t("Choose another file")}</Button>
        <Button
          kind="primary"
          busy={taking}
          denied={
            changed
              ? i18n.t("Check the changed columns first.")
              : wrongCount > 0 && !leaveOut
                ? i18n.t("Correct the wrong rows in the file, or leave them out.")
                : undefined
          }
          onClick={() => void confirm()}
        >
          {i18n.t("Import")}
        </Button>
      </div>
    </>
  );
}
