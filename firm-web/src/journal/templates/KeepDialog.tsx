import { isZero } from "@atrio/kit/format";
import { newRequestKey, useWrite } from "@atrio/kit/graphql";
import { Button, Dialog, Field, sayDone, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useState } from "react";
import { CreateEntryTemplate } from "../../gql/operations";
import type { EntryLine } from "../rows";

interface KeepDialogProps {
  clientId: string;
  text: string;
  lines: readonly EntryLine[];
  onClose: () => void;
}

/** Makes a template of an entry: each line asks for its amount under the name of its account, the last one balances. */
export function KeepDialog({ clientId, text, lines, onClose }: KeepDialogProps) {
  const i18n = useWords();
  const id = useId();
  const [name, setName] = useState(text.slice(0, 100));
  const [requestKey] = useState(newRequestKey);
  const [refused, setRefused] = useState<string>();
  const [create, creating] = useWrite(CreateEntryTemplate);
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    const last = lines.length - 1;
    const { data, failure, denials } = await create({
      input: {
        companyId: clientId,
        name,
        text,
        requestKey,
        lines: lines.map((line, at) => ({
          accountCode: line.ledgerAccount.code,
          contactId: line.contact?.id,
          side: isZero(line.debit) ? "CREDIT" : "DEBIT",
          basis: at === last ? "REST" : "AMOUNT",
          variable: at === last ? "" : `${line.ledgerAccount.code} ${line.text || line.ledgerAccount.name}`.slice(0, 40).trim(),
          text: line.text,
        })),
      },
    });
    const said =
      failure?.message ?? data?.createEntryTemplate?.refusals[0]?.message ?? denials.at("createEntryTemplate")?.message;
    if (said !== undefined) return setRefused(said);
    sayDone({ text: i18n.t("Template {name} kept.", { name }) });
    onClose();
  };
  return (
    <Dialog
      open
      width="narrow"
      onClose={onClose}
      title={i18n.t("Keep as a template")}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" type="submit" form={id} busy={creating}>
            {i18n.t("Save")}
          </Button>
        </>
      }
    >
      <form id={id} noValidate onSubmit={(event) => void keep(event)}>
        <Field label={i18n.t("Name")} help={i18n.t("It will ask for each amount; the last line balances.")} error={refused}>
          {(ids) => (
            <TextInput {...ids} data-autofocus maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
