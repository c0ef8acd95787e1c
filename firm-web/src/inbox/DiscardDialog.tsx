import { newRequestKey, useWrite } from "@atrio/kit/graphql";
import { Button, Dialog, Field, sayDone, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useState } from "react";
import { DiscardInboxFile } from "../gql/operations";
import type { ReviewedPaper } from "./Review";

interface DiscardDialogProps {
  file: ReviewedPaper;
  onClose: () => void;
  onDiscarded: () => void;
}

/** A paper that is no purchase: why, and then it leaves the queue. */
export function DiscardDialog({ file, onClose, onDiscarded }: DiscardDialogProps) {
  const i18n = useWords();
  const form = useId();
  const [discard, discarding] = useWrite(DiscardInboxFile);
  const [reason, setReason] = useState(file.duplicateOfId ? i18n.t("Duplicate") : "");
  const [requestKey] = useState(newRequestKey);
  const [refused, setRefused] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === "") return setRefused(i18n.t("Say why, so that the client can be told."));
    const { data, failure, denials } = await discard({ id: file.id, reason: reason.trim(), requestKey });
    const problem = failure?.message ?? data?.discardInboxFile?.refusals[0]?.message ?? denials.at("discardInboxFile")?.message;
    if (problem !== undefined) return setRefused(problem);
    sayDone({ text: i18n.t("Discarded {name}", { name: file.filename }) });
    onDiscarded();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width="narrow"
      title={i18n.t("Discard this paper?")}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="danger" type="submit" form={form} busy={discarding}>
            {i18n.t("Discard")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)}>
        <Field label={i18n.t("Reason")} error={refused} help={i18n.t("It stays in the list of discarded papers.")}>
          {(ids) => (
            <TextInput
              {...ids}
              data-autofocus
              maxLength={200}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
