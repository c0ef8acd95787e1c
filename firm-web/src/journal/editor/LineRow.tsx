import { useClient } from "@atrio/kit/graphql";
import { Button, Combobox, MoneyInput, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { memo, useId } from "react";
import { AccountField } from "../../app/AccountField";
import lineEditor from "../../app/LineEditor.module.css";
import { ContactNames } from "../../gql/operations";
import { type DraftLine, needsContact } from "./draft";
import styles from "./Editor.module.css";

interface LineRowProps {
  clientId: string;
  /** From 0. */
  row: number;
  line: DraftLine;
  /** "field.sentence", or ".sentence" for the whole line. */
  error: string | undefined;
  onChange: (key: string, part: Partial<DraftLine>) => void;
  onRemove: (key: string) => void;
}

/** One line of the sheet. Memoised: typing in one of many draws one. */
export const LineRow = memo(function LineRow({ clientId, row, line, error, onChange, onRemove }: LineRowProps) {
  const i18n = useWords();
  const note = useId();
  const labels = useLabels();
  const [field, sentence] = error === undefined ? [] : [error.slice(0, error.indexOf(".")), error.slice(error.indexOf(".") + 1)];
  const change = (part: Partial<DraftLine>) => onChange(line.key, part);
  const cell = (id: keyof typeof labels, path: string = id) => ({
    "data-cell": `${row}-${id}`,
    "aria-label": i18n.t("{column}, line {number}", { column: labels[id], number: row + 1 }),
    "aria-invalid": field === path || undefined,
    "aria-describedby": field === path ? note : undefined,
  });
  return (
    <>
      <tr>
        <td data-column="account" data-label={labels.account}>
          <AccountField
            ids={cell("account", "ledgerAccountCode")}
            clientId={clientId}
            value={line.account}
            onChoose={({ code, name, contact }) =>
              change({ account: code, accountName: name, owner: contact, contact: contact ? null : line.contact })
            }
          />
          {line.accountName && <span className={styles.name}>{line.accountName}</span>}
        </td>
        <td data-column="contact" data-label={labels.contact}>
          {needsContact(line) || line.contact ? (
            <ContactCell ids={cell("contact", "contactId")} clientId={clientId} line={line} onChange={change} />
          ) : (
            <span className={lineEditor.quiet}>{line.owner?.name ?? ""}</span>
          )}
        </td>
        <td data-column="text" data-label={labels.text}>
          <TextInput
            {...cell("text")}
            maxLength={500}
            autoComplete="off"
            value={line.text}
            onChange={(event) => change({ text: event.target.value })}
          />
        </td>
        <td data-column="debit" data-label={labels.debit}>
          <MoneyInput
            {...cell("debit")}
            live
            className={lineEditor.number}
            value={line.debit}
            onChange={(debit) => change(debit === null ? { debit } : { debit, credit: null })}
          />
        </td>
        <td data-column="credit" data-label={labels.credit}>
          <MoneyInput
            {...cell("credit")}
            live
            className={lineEditor.number}
            value={line.credit}
            onChange={(credit) => change(credit === null ? { credit } : { credit, debit: null })}
          />
        </td>
        <td data-column="remove">
          <Button kind="bare" icon="close" iconOnly tabIndex={-1} onClick={() => onRemove(line.key)}>
            {i18n.t("Remove line {number}", { number: row + 1 })}
          </Button>
        </td>
      </tr>
      {sentence && (
        <tr className={lineEditor.lineError}>
          <td id={note} colSpan={6}>
            {sentence}
          </td>
        </tr>
      )}
    </>
  );
});

interface ContactCellProps {
  ids: object;
  clientId: string;
  line: DraftLine;
  onChange: (part: Partial<DraftLine>) => void;
}

function ContactCell({ ids, clientId, line, onChange }: ContactCellProps) {
  const network = useClient();
  const find = async (search: string) => {
    const { data } = await network.query(ContactNames, { companyId: clientId, search }).toPromise();
    return (data?.contacts?.nodes ?? []).map(({ id, name, taxId }) => ({ id, label: name, detail: taxId ?? undefined }));
  };
  return (
    <Combobox
      {...ids}
      value={line.contact?.name ?? ""}
      options={find}
      onChoose={({ id, label }) => onChange({ contact: { id, name: label } })}
      onText={(text) => text.trim() === "" && onChange({ contact: null })}
    />
  );
}

/** Heads of the columns, also their names on a phone. */
export function useLabels() {
  const i18n = useWords();
  return {
    account: i18n.t("Account"),
    contact: i18n.t("Contact"),
    text: i18n.t("Text"),
    debit: i18n.t("Debit"),
    credit: i18n.t("Credit"),
  };
}
