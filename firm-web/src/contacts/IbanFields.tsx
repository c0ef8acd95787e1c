import { Button, Field, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useId } from "react";
import styles from "./Contacts.module.css";
import { type IbanRow, withoutIban, withUsual } from "./form";

interface IbanFieldsProps {
  ibans: readonly IbanRow[];
  errorAt: (field: string) => string | undefined;
  onChange: (ibans: readonly IbanRow[]) => void;
}

/** Bank accounts of a contact; kept ones are shown masked and stay as they are. One of them is the usual. */
export function IbanFields({ ibans, errorAt, onChange }: IbanFieldsProps) {
  const i18n = useWords();
  const group = useId();
  return (
    <>
      {ibans.map((row, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place while they are typed.
        <div key={place} className={`${styles.wide} ${styles.iban}`}>
          <Field label={i18n.t("Bank account {number}", { number: place + 1 })} error={errorAt(`ibans.${place}`)}>
            {(ids) => (
              <TextInput
                {...ids}
                readOnly={row.id !== undefined}
                value={row.shown}
                onChange={(event) =>
                  onChange(ibans.map((one, at) => (at === place ? { ...one, shown: event.target.value } : one)))
                }
              />
            )}
          </Field>
          <label className={styles.usual}>
            <input type="radio" name={group} checked={row.isDefault} onChange={() => onChange(withUsual(ibans, place))} />
            {i18n.t("Usual account")}
            <span className="unseen">{place + 1}</span>
          </label>
          <Button kind="bare" icon="close" iconOnly onClick={() => onChange(withoutIban(ibans, place))}>
            {i18n.t("Remove bank account {number}", { number: place + 1 })}
          </Button>
        </div>
      ))}
      <div className={styles.wide}>
        <Button icon="plus" onClick={() => onChange([...ibans, { shown: "", isDefault: ibans.length === 0 }])}>
          {i18n.t("Add bank account")}
        </Button>
      </div>
    </>
  );
}
