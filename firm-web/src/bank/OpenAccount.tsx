import { newRequestKey, useWrite } from "@atrio/kit/graphql";
import { Button, Field, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useState } from "react";
import { OpenBankAccount } from "../gql/operations";
import styles from "./Bank.module.css";

const IBAN = /\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b/;

interface OpenAccountProps {
  clientId: string;
  /** The refusal; it names the account of the file. */
  message: string;
  onOpened: () => void;
  onCancel: () => void;
}

/** The file is about an account the books do not have: name it, and the import goes on with the file already sent. */
export function OpenAccount({ clientId, message, onOpened, onCancel }: OpenAccountProps) {
  const i18n = useWords();
  const [open, opening] = useWrite(OpenBankAccount);
  const [name, setName] = useState("");
  const [iban, setIban] = useState(IBAN.exec(message)?.[0] ?? "");
  const [refused, setRefused] = useState<{ field?: string; message: string }>();
  const errorAt = (field: string) => (refused?.field === field ? refused.message : undefined);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = { companyId: clientId, name: name.trim(), iban: iban.trim(), requestKey: newRequestKey() };
    const { data, failure, denials } = await open({ input });
    const refusal = data?.openBankAccount?.refusals[0];
    const problem = failure?.message ?? refusal?.message ?? denials.at("openBankAccount")?.message;
    if (problem === undefined) return onOpened();
    const field = refusal?.path.at(-1);
    setRefused({ field: field === "name" || field === "iban" ? field : undefined, message: problem });
  };
  return (
    <form className={styles.result} onSubmit={(event) => void submit(event)}>
      <p role="alert">{message}</p>
      <Field label={i18n.t("Name of the account")} error={errorAt("name")}>
        {(ids) => <TextInput {...ids} required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label={i18n.t("IBAN")} error={errorAt("iban")}>
        {(ids) => <TextInput {...ids} required value={iban} onChange={(event) => setIban(event.target.value)} />}
      </Field>
      {refused && !refused.field && (
        <p role="alert" className={styles.refused}>
          {refused.message}
        </p>
      )}
      <div className={styles.foot}>
        <Button onClick={onCancel}>{i18n.t("Cancel")}</Button>
        <Button kind="primary" type="submit" busy={opening}>
          {i18n.t("Add the account and import")}
        </Button>
      </div>
    </form>
  );
}
