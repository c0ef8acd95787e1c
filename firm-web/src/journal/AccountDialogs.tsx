import { useWrite } from "@atrio/kit/graphql";
import { Button, Dialog, Field, sayDone, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useState } from "react";
import { AddLedgerAccount, RenameLedgerAccount } from "../gql/operations";
import styles from "./Journal.module.css";

interface AccountDialogProps {
  clientId: string;
  /** The account that gets another name; none for a new one. */
  account?: { id: string; code: string; name: string };
  onClose: () => void;
}

/** Number and name of a new account, or another name of one. */
export function AccountDialog({ clientId, account, onClose }: AccountDialogProps) {
  const i18n = useWords();
  const id = useId();
  const [code, setCode] = useState("");
  const [name, setName] = useState(account?.name ?? "");
  const [refused, setRefused] = useState<{ field?: string; message: string }>();
  const [add, adding] = useWrite(AddLedgerAccount);
  const [rename, renaming] = useWrite(RenameLedgerAccount);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (account) {
      const { data, failure, denials } = await rename({ id: account.id, name });
      const said =
        failure?.message ?? data?.renameLedgerAccount?.refusals[0]?.message ?? denials.at("renameLedgerAccount")?.message;
      if (said !== undefined) return setRefused({ field: "name", message: said });
      sayDone({ text: i18n.t("Account {code} renamed.", { code: account.code }) });
      return onClose();
    }
    const { data, failure, denials } = await add({ companyId: clientId, code, name });
    const refusal = data?.addLedgerAccount?.refusals[0];
    const said = failure?.message ?? refusal?.message ?? denials.at("addLedgerAccount")?.message;
    if (said !== undefined) return setRefused({ field: refusal?.path.at(-1) ?? "code", message: said });
    sayDone({ text: i18n.t("Account {code} added.", { code }) });
    onClose();
  };
  const at = (field: string) => (refused?.field === field ? refused.message : undefined);
  return (
    <Dialog
      open
      width="narrow"
      onClose={onClose}
      title={account ? i18n.t("Rename {code}", { code: account.code }) : i18n.t("New account")}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" type="submit" form={id} busy={adding || renaming}>
            {i18n.t("Save")}
          </Button>
        </>
      }
    >
      <form id={id} noValidate className={styles.messages} onSubmit={(event) => void save(event)}>
        {!account && (
          <Field
            label={i18n.t("Number")}
            help={i18n.t("Below an account of the general chart, such as 62900001. That account then takes no entries itself.")}
            error={at("code")}
          >
            {(ids) => (
              <TextInput
                {...ids}
                data-autofocus
                inputMode="numeric"
                maxLength={12}
                value={code}
                onChange={(event) => setCode(event.target.value)}
              />
            )}
          </Field>
        )}
        <Field label={i18n.t("Name")} error={at("name")}>
          {(ids) => (
            <TextInput
              {...ids}
              data-autofocus={account ? true : undefined}
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
