import { useFormats } from "@atrio/kit/format";
import { useWrite } from "@atrio/kit/graphql";
import { Button, Dialog, Field, sayDone, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useState } from "react";
import { SetBankLineAside, TakeBankLineBack } from "../gql/operations";
import styles from "./Bank.module.css";
import type { Row } from "./lines";

interface SetAsideProps {
  row: Row;
  denied: string | undefined;
  onDone: () => void;
}

/** A line that needs no document: asks why; the line then waits no longer and can be taken back. */
export function SetAside({ row, denied, onDone }: SetAsideProps) {
  const i18n = useWords();
  const form = useId();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const [refused, setRefused] = useState<string>();
  const [setAside, busy] = useWrite(SetBankLineAside);
  const takeBack = useTakeBack(onDone);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === "") return setRefused(i18n.t("Say why the line needs no document."));
    const { data, failure, denials } = await setAside({ input: { lineId: row.id, reason: reason.trim() } });
    const problem = failure?.message ?? data?.setBankLineAside?.refusals[0]?.message ?? denials.at("setBankLineAside")?.message;
    if (problem !== undefined) return setRefused(problem);
    setAsking(false);
    sayDone({ text: i18n.t("The line was set aside."), undo: () => takeBack.run(row.id) });
    onDone();
  };
  return (
    <>
      <Button denied={denied} onClick={() => setAsking(true)}>
        {i18n.t("Set aside")}
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        width="narrow"
        title={i18n.t("Set this line aside?")}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{i18n.t("Cancel")}</Button>
            <Button kind="primary" type="submit" form={form} busy={busy}>
              {i18n.t("Set aside")}
            </Button>
          </>
        }
      >
        <form id={form} onSubmit={(event) => void submit(event)}>
          <Field
            label={i18n.t("Reason")}
            error={refused}
            help={i18n.t("Nothing is posted: books and bank differ by this line until it is taken back.")}
          >
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
    </>
  );
}

/** Why a line was set aside and by whom, and the way back. */
export function Aside({ row, denied, onDone }: SetAsideProps) {
  const i18n = useWords();
  const f = useFormats();
  const takeBack = useTakeBack(onDone);
  return (
    <>
      <p>
        {row.setAsideReason}
        <br />
        <span className={styles.quiet}>
          {[row.setAsideByName, row.setAsideAt && f.instant(row.setAsideAt)].filter(Boolean).join(" · ")}
        </span>
      </p>
      <Button icon="undo" busy={takeBack.busy} denied={denied} onClick={() => void takeBack.say(row.id)}>
        {i18n.t("Take this line back")}
      </Button>
    </>
  );
}

function useTakeBack(onDone: () => void) {
  const i18n = useWords();
  const [takeBack, busy] = useWrite(TakeBankLineBack);
  /** Rejects with the sentence of a refusal. */
  const run = async (id: string) => {
    const { data, failure, denials } = await takeBack({ id });
    const problem = failure?.message ?? data?.takeBankLineBack?.refusals[0]?.message ?? denials.at("takeBankLineBack")?.message;
    if (problem !== undefined) throw new Error(problem);
    onDone();
  };
  const say = (id: string) =>
    run(id).then(
      () => sayDone({ text: i18n.t("The line is open again.") }),
      (problem: Error) => sayDone({ text: problem.message, tone: "bad" }),
    );
  return { run, say, busy };
}
