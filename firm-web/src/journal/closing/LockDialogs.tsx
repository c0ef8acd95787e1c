import { localDate, shiftDays } from "@atrio/kit/format";
import { newRequestKey, useRead, useWrite } from "@atrio/kit/graphql";
import { Button, DateInput, Dialog, Field, Select, sayDone, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useState } from "react";
import { ColleagueNames, GrantLockException, MovePeriodLock } from "../../gql/operations";
import styles from "./Closing.module.css";
import { type Named, useClosingWords } from "./words";

interface Refused {
  field?: string;
  message: string;
}

interface MoveDialogProps {
  clientId: string;
  moved: Named;
  until: string | null;
  onClose: () => void;
}

/** The last locked day of one lock. Back or away needs a reason. */
export function MoveDialog({ clientId, moved, until, onClose }: MoveDialogProps) {
  const i18n = useWords();
  const id = useId();
  const words = useClosingWords();
  const { lock, daybook = null } = moved;
  const [day, setDay] = useState(until);
  const [reason, setReason] = useState("");
  const [refused, setRefused] = useState<Refused>();
  const [move, moving] = useWrite(MovePeriodLock);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const { data, failure, denials } = await move({ input: { companyId: clientId, lock, daybook, until: day, reason } });
    const refusal = data?.movePeriodLock?.refusals[0];
    const said = failure?.message ?? refusal?.message ?? denials.at("movePeriodLock")?.message;
    if (said !== undefined) return setRefused({ field: refusal?.path.at(-1), message: said });
    sayDone({ text: i18n.t("{lock} moved.", { lock: words.nameOf(moved) }) });
    onClose();
  };
  return (
    <Dialog
      open
      width="narrow"
      onClose={onClose}
      title={words.nameOf(moved)}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" type="submit" form={id} busy={moving}>
            {i18n.t("Save")}
          </Button>
        </>
      }
    >
      <form id={id} noValidate className={styles.form} onSubmit={(event) => void save(event)}>
        <p className={styles.quiet}>{words.locks[lock].note}</p>
        {lock === "HARD" && <p>{i18n.t("It never moves back. A whole year is locked by closing it.")}</p>}
        <Field
          label={i18n.t("Last locked day")}
          help={i18n.t("Empty: nothing is locked.")}
          error={refused && refused.field !== "reason" ? refused.message : undefined}
        >
          {(ids) => <DateInput {...ids} data-autofocus value={day} onChange={setDay} />}
        </Field>
        <Field
          label={i18n.t("Reason")}
          help={i18n.t("Needed when the lock moves back; the client reads it.")}
          error={refused?.field === "reason" ? refused.message : undefined}
        >
          {(ids) => <TextInput {...ids} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
      </form>
    </Dialog>
  );
}

const DAYS = [1, 2, 7, 14, 30] as const;

/** Locks that somebody can be let behind. */
const PASSABLE: readonly Named[] = [
  { lock: "SOFT" },
  { lock: "SOFT", daybook: "SALES" },
  { lock: "SOFT", daybook: "PURCHASES" },
  { lock: "SOFT", daybook: "BANK" },
  { lock: "SOFT", daybook: "GENERAL" },
  { lock: "TAX" },
];

/** Who may work behind which lock, for how long and why. */
export function ExceptionDialog({ clientId, onClose }: { clientId: string; onClose: () => void }) {
  const i18n = useWords();
  const id = useId();
  const words = useClosingWords();
  const colleagues = useRead(ColleagueNames, {}).data?.colleagues ?? [];
  const [behind, setBehind] = useState<Named>({ lock: "SOFT" });
  const [who, setWho] = useState("");
  const [days, setDays] = useState<number>(DAYS[1]);
  const [reason, setReason] = useState("");
  const [requestKey, setRequestKey] = useState(newRequestKey);
  const [refused, setRefused] = useState<Refused>();
  const [grant, granting] = useWrite(GrantLockException);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    // Until the end of the last day here, as people mean it.
    const untilAt = new Date(`${shiftDays(localDate(), days)}T23:59:59`).toISOString();
    const { data, failure, denials } = await grant({
      input: { companyId: clientId, ...behind, membershipId: who || null, untilAt, reason, requestKey },
    });
    const refusal = data?.grantLockException?.refusals[0];
    const said = failure?.message ?? refusal?.message ?? denials.at("grantLockException")?.message;
    if (said === undefined) {
      sayDone({ text: i18n.t("Exception granted.") });
      return onClose();
    }
    if (!failure?.offline) setRequestKey(newRequestKey());
    setRefused({ field: refusal?.path.at(-1), message: said });
  };
  return (
    <Dialog
      open
      width="narrow"
      onClose={onClose}
      title={i18n.t("Let somebody behind a lock")}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" type="submit" form={id} busy={granting}>
            {i18n.t("Grant")}
          </Button>
        </>
      }
    >
      <form id={id} noValidate className={styles.form} onSubmit={(event) => void save(event)}>
        <Field label={i18n.t("Lock")}>
          {(ids) => (
            <Select
              {...ids}
              value={words.nameOf(behind)}
              onChange={({ target }) => setBehind(PASSABLE.find((one) => words.nameOf(one) === target.value) ?? behind)}
            >
              {PASSABLE.map((one) => (
                <option key={words.nameOf(one)}>{words.nameOf(one)}</option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={i18n.t("Who")} error={refused?.field === "membershipId" ? refused.message : undefined}>
          {(ids) => (
            <Select {...ids} value={who} onChange={(event) => setWho(event.target.value)}>
              <option value="">{i18n.t("Everybody who may post")}</option>
              {colleagues.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={i18n.t("For how long")} error={refused?.field === "untilAt" ? refused.message : undefined}>
          {(ids) => (
            <Select {...ids} value={String(days)} onChange={(event) => setDays(Number(event.target.value))}>
              {DAYS.map((one) => (
                <option key={one} value={one}>
                  {i18n.t("{count, plural, one {# day} other {# days}}", { count: one })}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={i18n.t("Reason")} error={refused?.field === "reason" ? refused.message : undefined}>
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
        {refused && !["membershipId", "untilAt", "reason"].includes(refused.field ?? "") && (
          <p role="alert" className={styles.refused}>
            {refused.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}
