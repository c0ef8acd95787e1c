import { useFormats } from "@atrio/kit/format";
import { useRead, useWrite } from "@atrio/kit/graphql";
import { Button, DoneState, EmptyState, ErrorState, NotFound, Skeleton, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { clientPlace } from "../app/places";
import { CancelContactImport, ContactImportRun, type ContactImportRunQuery } from "../gql/operations";
import styles from "./Contacts.module.css";

type Run = NonNullable<ContactImportRunQuery["contactImport"]>;

const LOOK_AGAIN_MS = 700;

interface ImportRunProps {
  id: string;
  clientId: string;
  onAgain: () => void;
}

/** A list that a worker is taking in: how far it is, a way to call it off, and what it did. */
export function ImportRun({ id, clientId, onAgain }: ImportRunProps) {
  const i18n = useWords();
  const { data, failure, reload } = useRead(ContactImportRun, { id });
  const run = data?.contactImport;
  const open = run?.state === "WAITING" || run?.state === "RUNNING";
  useEffect(() => {
    if (!open) return undefined;
    const timer = setInterval(() => !document.hidden && reload(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [open, reload]);
  const another = <Button onClick={onAgain}>{i18n.t("Import another file")}</Button>;
  if (failure && !run) return <ErrorState failure={failure} onRetry={reload} />;
  if (!data) return <Skeleton rows={3} />;
  if (!run) return <NotFound />;
  if (open) return <Going run={run} onCancelled={reload} />;
  if (run.state === "CANCELLED")
    return (
      <EmptyState title={i18n.t("Cancelled. Nothing of {filename} was imported.", { filename: run.filename })} act={another} />
    );
  if (run.state === "FAILED")
    return (
      <div role="alert" className={styles.section}>
        <p>{i18n.t("Nothing of {filename} was imported.", { filename: run.filename })}</p>
        <p className={styles.refused}>{run.failureText}</p>
        <div>{another}</div>
      </div>
    );
  return <Done run={run} clientId={clientId} another={another} />;
}

function Going({ run, onCancelled }: { run: Run; onCancelled: () => void }) {
  const i18n = useWords();
  const f = useFormats();
  const [cancel, cancelling] = useWrite(CancelContactImport);
  const stop = async () => {
    const { data, failure, denials } = await cancel({ id: run.id });
    const payload = data?.cancelContactImport;
    const problem = failure?.message ?? payload?.refusals[0]?.message ?? denials.at("cancelContactImport")?.message;
    if (problem !== undefined) sayDone({ text: problem, tone: "bad" });
    onCancelled();
  };
  const { filename, rowsDone, rowsTotal } = run;
  const label = i18n.t("How far {filename} is", { filename });
  return (
    <div className={styles.section}>
      <p>{i18n.t("Importing {filename}", { filename })}</p>
      <progress aria-label={label} max={rowsTotal ?? 1} value={rowsTotal === null ? undefined : rowsDone} />
      <p className="tabular">
        {rowsTotal === null
          ? run.state === "WAITING"
            ? i18n.t("Waits for its turn")
            : i18n.t("Reading the list")
          : i18n.t("{done} of {total}", { done: f.count(rowsDone), total: f.count(rowsTotal) })}
      </p>
      <p className={styles.quiet}>
        {i18n.t("You can leave this page; the import goes on. Contacts appear once all rows are in.")}
      </p>
      <div>
        <Button data-autofocus icon="close" busy={cancelling} onClick={() => void stop()}>
          {i18n.t("Cancel the import")}
        </Button>
      </div>
    </div>
  );
}

function Done({ run, clientId, another }: { run: Run; clientId: string; another: React.ReactNode }) {
  const i18n = useWords();
  return (
    <DoneState
      title={i18n.t("{count, plural, one {# contact added} other {# contacts added}}", { count: run.addedCount })}
      act={another}
    >
      <p>
        {i18n.t("{count, plural, one {# changed} other {# changed}}", { count: run.updatedCount })} ·{" "}
        {i18n.t("{count, plural, one {# row changed nothing} other {# rows changed nothing}}", { count: run.skippedCount })}
      </p>
      <Link {...clientPlace(clientId, "contacts")} search={{}}>
        {i18n.t("Show the contacts")}
      </Link>
    </DoneState>
  );
}
