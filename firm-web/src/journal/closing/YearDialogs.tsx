import { newRequestKey, useWrite } from "@atrio/kit/graphql";
import { Button, Dialog, Field, sayDone, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useState } from "react";
import { CloseFiscalYear, ReopenFiscalYear } from "../../gql/operations";
import styles from "./Closing.module.css";

interface YearDialogProps {
  clientId: string;
  year: number;
  onClose: () => void;
}

/** Says what closing does, then does it. One key per dialog: a lost answer closes no year twice. */
export function CloseDialog({ clientId, year, onClose }: YearDialogProps) {
  const i18n = useWords();
  const [requestKey] = useState(newRequestKey);
  const [refused, setRefused] = useState<string>();
  const [close, closing] = useWrite(CloseFiscalYear);
  const run = async () => {
    const { data, failure, denials } = await close({ input: { companyId: clientId, year, requestKey } });
    const said = failure?.message ?? data?.closeFiscalYear?.refusals[0]?.message ?? denials.at("closeFiscalYear")?.message;
    if (said !== undefined) return setRefused(said);
    sayDone({ text: i18n.t("The fiscal year {year} is closed.", { year: String(year) }) });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={i18n.t("Close the fiscal year {year}?", { year: String(year) })}
      actions={
        <>
          <Button data-autofocus onClick={onClose}>
            {i18n.t("Cancel")}
          </Button>
          <Button kind="primary" busy={closing} onClick={() => void run()}>
            {i18n.t("Close the year")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <ol className={styles.steps}>
          <li>{i18n.t("Income and expenses go to the result (129).")}</li>
          <li>{i18n.t("All other accounts are closed.")}</li>
          <li>{i18n.t("The next year opens with the same balances, contact by contact.")}</li>
          <li>{i18n.t("The year is locked for good.")}</li>
        </ol>
        {refused && (
          <p role="alert" className={styles.refused}>
            {refused}
          </p>
        )}
      </div>
    </Dialog>
  );
}

/** Asks why, since the client reads it. */
export function ReopenDialog({ clientId, year, onClose }: YearDialogProps) {
  const i18n = useWords();
  const id = useId();
  const [reason, setReason] = useState("");
  const [refused, setRefused] = useState<string>();
  const [reopen, reopening] = useWrite(ReopenFiscalYear);
  const run = async (event: FormEvent) => {
    event.preventDefault();
    const { data, failure, denials } = await reopen({ input: { companyId: clientId, year, reason } });
    const said = failure?.message ?? data?.reopenFiscalYear?.refusals[0]?.message ?? denials.at("reopenFiscalYear")?.message;
    if (said !== undefined) return setRefused(said);
    sayDone({ text: i18n.t("The fiscal year {year} is open.", { year: String(year) }) });
    onClose();
  };
  return (
    <Dialog
      open
      width="narrow"
      onClose={onClose}
      title={i18n.t("Reopen the fiscal year {year}?", { year: String(year) })}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="danger" type="submit" form={id} busy={reopening}>
            {i18n.t("Reopen")}
          </Button>
        </>
      }
    >
      <form id={id} noValidate className={styles.form} onSubmit={(event) => void run(event)}>
        <p>{i18n.t("The entries of the closing are reversed and the final lock goes back to where it was.")}</p>
        <Field label={i18n.t("Reason")} help={i18n.t("The client reads it in the log.")} error={refused}>
          {(ids) => (
            <TextInput
              {...ids}
              data-autofocus
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
