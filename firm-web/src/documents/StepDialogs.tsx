import { newRequestKey } from "@atrio/kit/graphql";
import { Button, Dialog, Field, Select, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useState } from "react";
import { useRectificationCauses } from "../app/rectificationCauses";
import type { RectificationCause } from "../gql/operations";
import styles from "./Documents.module.css";
import type { Refused } from "./useSteps";

interface RectifyDialogProps {
  /** Whether its number comes from a series of ours; else it is the supplier's. */
  numbered: boolean;
  busy: boolean;
  onRectify: (reason: string, cause: RectificationCause, number: string | null) => Promise<Refused>;
  onClose: () => void;
}

/** Why a document is corrected; what comes back is then changed in the form. */
export function RectifyDialog({ numbered, busy, onRectify, onClose }: RectifyDialogProps) {
  const i18n = useWords();
  const id = useId();
  const [reason, setReason] = useState("");
  const causes = useRectificationCauses();
  const [cause, setCause] = useState<RectificationCause>("CORRECTION");
  const [number, setNumber] = useState("");
  const [refused, setRefused] = useState<Refused>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!busy) setRefused(await onRectify(reason.trim(), cause, numbered ? null : number.trim() || null));
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width="narrow"
      title={i18n.t("Rectify")}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" type="submit" form={id} busy={busy}>
            {i18n.t("Make the rectifying document")}
          </Button>
        </>
      }
    >
      <form id={id} className={styles.form} onSubmit={(event) => void submit(event)}>
        <p>{i18n.t("The draft takes back every line; change or remove what stays as it was.")}</p>
        <Field label={i18n.t("Reason, as it prints")} error={refused}>
          {(ids) => (
            <TextInput
              {...ids}
              data-autofocus
              required
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        {numbered && (
          <Field label={i18n.t("Cause")}>
            {(ids) => (
              <Select {...ids} value={cause} onChange={(event) => setCause(event.target.value as RectificationCause)}>
                {Object.entries(causes).map(([one, name]) => (
                  <option key={one} value={one}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        {!numbered && (
          <Field label={i18n.t("Number of the supplier")}>
            {(ids) => <TextInput {...ids} maxLength={60} value={number} onChange={(event) => setNumber(event.target.value)} />}
          </Field>
        )}
      </form>
    </Dialog>
  );
}

interface DecideDialogProps {
  accepted: boolean;
  /** Who usually decides: the contact. */
  name: string;
  busy: boolean;
  onDecide: (accepted: boolean, name: string, reason: string) => Promise<Refused>;
  onClose: () => void;
}

/** The customer's answer to an estimate, as somebody of the firm heard it. */
export function DecideDialog({ accepted, name: contact, busy, onDecide, onClose }: DecideDialogProps) {
  const i18n = useWords();
  const id = useId();
  const [name, setName] = useState(contact);
  const [reason, setReason] = useState("");
  const [refused, setRefused] = useState<Refused>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const problem = await onDecide(accepted, name.trim(), reason.trim());
    setRefused(problem);
    if (problem === undefined) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width="narrow"
      title={accepted ? i18n.t("Accepted by the customer") : i18n.t("Rejected by the customer")}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind={accepted ? "primary" : "danger"} type="submit" form={id} busy={busy}>
            {accepted ? i18n.t("Note as accepted") : i18n.t("Note as rejected")}
          </Button>
        </>
      }
    >
      <form id={id} className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field label={i18n.t("Who said so")} error={refused}>
          {(ids) => (
            <TextInput {...ids} required maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <Field label={i18n.t("Why, if it was said")}>
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

interface VoidDialogProps {
  number: string;
  busy: boolean;
  onVoid: (reason: string, requestKey: string) => Promise<Refused>;
  onClose: () => void;
}

/** An invoice that should not exist: what becomes of it is said before it is done, for it cannot be undone. */
export function VoidDialog({ number, busy, onVoid, onClose }: VoidDialogProps) {
  const i18n = useWords();
  const id = useId();
  const [reason, setReason] = useState("");
  const [requestKey] = useState(newRequestKey);
  const [refused, setRefused] = useState<Refused>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const problem = await onVoid(reason.trim(), requestKey);
    setRefused(problem);
    if (problem === undefined) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width="narrow"
      title={i18n.t("Void invoice {number}", { number })}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Keep it")}</Button>
          <Button kind="danger" type="submit" form={id} busy={busy}>
            {i18n.t("Void the invoice")}
          </Button>
        </>
      }
    >
      <form id={id} className={styles.form} onSubmit={(event) => void submit(event)}>
        <p>
          {i18n.t(
            "For an invoice that should not exist and that nobody was given. Its entry is reversed, the cancellation goes on record and its number stays used. This cannot be undone.",
          )}
        </p>
        <Field label={i18n.t("Reason")} error={refused}>
          {(ids) => (
            <TextInput
              {...ids}
              data-autofocus
              required
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
