import { isZero, toMinor, useFormats } from "@atrio/kit/format";
import { Button, DecimalInput, Dialog, Field, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useState } from "react";
import { type DocumentType, useDocumentTypes } from "../app/documentWords";
import type { PurchasePaper, SalesPaper } from "./DocumentBody";
import styles from "./Documents.module.css";
import type { Refused } from "./useSteps";

const QUANTITY_PLACES = 4;

interface ConvertDialogProps {
  document: SalesPaper | PurchasePaper;
  into: DocumentType;
  busy: boolean;
  onConvert: (into: DocumentType, lines: { lineId: string; quantity: string }[], number: string | null) => Promise<Refused>;
  onClose: () => void;
}

/** What of each line goes on; all that is left unless said otherwise. */
export function ConvertDialog({ document, into, busy, onConvert, onClose }: ConvertDialogProps) {
  const i18n = useWords();
  const f = useFormats();
  const types = useDocumentTypes();
  const id = useId();
  const left = (document.lines ?? []).filter(({ remainingQuantity }) => !isZero(remainingQuantity));
  const [quantities, setQuantities] = useState<Record<string, string | null>>(() =>
    Object.fromEntries(left.map((line) => [line.id, line.remainingQuantity])),
  );
  const [number, setNumber] = useState("");
  const [refused, setRefused] = useState<Refused>();
  const supplier = into === "PURCHASE_INVOICE" || into === "EXPENSE";
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const same = (a: string, b: string) => toMinor(a, QUANTITY_PLACES) === toMinor(b, QUANTITY_PLACES);
    const whole = left.every((line) => same(quantities[line.id] ?? "0", line.remainingQuantity));
    const lines = left.flatMap((line) => {
      const quantity = quantities[line.id] ?? "0";
      return isZero(quantity) ? [] : [{ lineId: line.id, quantity }];
    });
    if (lines.length === 0) return setRefused(i18n.t("Say how much of one line at least."));
    setRefused(await onConvert(into, whole ? [] : lines, supplier ? number.trim() || null : null));
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={i18n.t("Make: {document}", { document: types[into] })}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" type="submit" form={id} busy={busy}>
            {i18n.t("Make")}
          </Button>
        </>
      }
    >
      <form id={id} className={styles.form} onSubmit={(event) => void submit(event)}>
        {left.length === 0 && <p>{i18n.t("Nothing is left: all of it went into later documents.")}</p>}
        {supplier && (
          <Field label={i18n.t("Number of the supplier")}>
            {(ids) => <TextInput {...ids} maxLength={60} value={number} onChange={(event) => setNumber(event.target.value)} />}
          </Field>
        )}
        {left.length > 0 && (
          <table className={styles.quantities}>
            <thead>
              <tr>
                <th scope="col">{i18n.t("Description")}</th>
                <th scope="col">{i18n.t("Left")}</th>
                <th scope="col">{i18n.t("Goes on")}</th>
              </tr>
            </thead>
            <tbody>
              {left.map((line, at) => (
                <tr key={line.id}>
                  <td>{line.description}</td>
                  <td className="tabular">{f.decimal(line.remainingQuantity, QUANTITY_PLACES)}</td>
                  <td>
                    <DecimalInput
                      aria-label={i18n.t("{column}, line {number}", { column: i18n.t("Goes on"), number: at + 1 })}
                      data-autofocus={at === 0 || undefined}
                      live
                      places={QUANTITY_PLACES}
                      value={quantities[line.id] ?? null}
                      onChange={(quantity) => setQuantities((now) => ({ ...now, [line.id]: quantity }))}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {refused && (
          <p role="alert" className={styles.refused}>
            {refused}
          </p>
        )}
      </form>
    </Dialog>
  );
}
