import { newRequestKey, useWrite } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, DateInput, Field, focusWrong, MoneyInput, Select, sayDone, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { useDocumentTypes } from "../app/documentWords";
import { rowPlace } from "../app/places";
import { useWriteAccess } from "../app/useWriteAccess";
import { ConvertInboxFile, type ConvertInboxFileInput, type PurchaseDocumentType } from "../gql/operations";
import styles from "./Inbox.module.css";
import { LineFields } from "./LineFields";
import {
  balancingPrice,
  missingIn,
  newLine,
  newPurchase,
  type Purchase,
  type PurchaseField,
  totalsOf,
  WITHHOLDING_RATES,
} from "./purchase";
import type { ReviewedPaper } from "./Review";
import { SupplierField } from "./SupplierField";
import { Totals } from "./Totals";

const TYPES: readonly PurchaseDocumentType[] = ["PURCHASE_INVOICE", "EXPENSE"];

interface PurchaseFormProps {
  clientId: string;
  file: ReviewedPaper;
  /** The draft purchase stands; the next paper may come. */
  onSaved: () => void;
  onDiscard: () => void;
}

/** What a person reads off the paper. Ctrl+Enter saves and goes on. */
export function PurchaseForm({ clientId, file, onSaved, onDiscard }: PurchaseFormProps) {
  const i18n = useWords();
  const types = useDocumentTypes();
  const form = useRef<HTMLFormElement>(null);
  const [purchase, setPurchase] = useState(newPurchase);
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<{ field?: string; message: string }>();
  const [convert, converting] = useWrite(ConvertInboxFile);
  // One key for this paper: a second press of a lost answer makes no second purchase.
  const [requestKey] = useState(newRequestKey);
  const denied = useConvertAccess(clientId);
  const change = (part: Partial<Purchase>) => setPurchase((now) => ({ ...now, ...part }));
  const missing = tried ? missingIn(purchase) : [];
  const totals = totalsOf(purchase);
  const price = balancingPrice(purchase);

  const errorAt = (field: PurchaseField, text: string) => {
    if (refused?.field === field) return refused.message;
    return missing.includes(field) ? text : undefined;
  };
  const save = async (event?: FormEvent) => {
    event?.preventDefault();
    if (denied !== undefined || converting) return;
    setTried(true);
    setRefused(undefined);
    if (missingIn(purchase).length > 0) {
      focusWrong(form);
      return;
    }
    const { data, failure, denials } = await convert({ input: inputOf(file.id, purchase, requestKey) });
    const refusal = data?.convertInboxFile?.refusals[0];
    const problem = failure?.message ?? refusal?.message ?? denials.at("convertInboxFile")?.message;
    if (problem !== undefined) return setRefused({ field: fieldOf(refusal), message: problem });
    sayDone({ text: i18n.t("Draft purchase {number} made from {name}", { number: purchase.number, name: file.filename }) });
    onSaved();
  };
  // Amounts and dates are understood when their field is left, so it is left before saving.
  const saveTyped = () => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    requestAnimationFrame(() => form.current?.requestSubmit());
  };
  const label = i18n.t("Save and open the next paper");
  useKeys([{ keys: "Ctrl+Enter", label, group: i18n.t("Inbox"), run: saveTyped, whileTyping: true }]);
  return (
    <form
      ref={form}
      className={styles.form}
      noValidate
      aria-label={i18n.t("Purchase")}
      onKeyDown={enterMovesOn}
      onSubmit={(event) => void save(event)}
    >
      <DuplicateNote clientId={clientId} file={file} />
      <Field label={i18n.t("Kind")}>
        {(ids) => (
          <Select
            {...ids}
            value={purchase.type}
            onChange={(event) => change({ type: event.target.value as PurchaseDocumentType })}
          >
            {TYPES.map((type) => (
              <option key={type} value={type}>
                {types[type]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <SupplierField
        clientId={clientId}
        purchase={purchase}
        error={errorAt("supplier", i18n.t("Say who sent it."))}
        taxIdError={errorAt("supplierTaxId", "")}
        onChange={change}
      />
      <Field label={i18n.t("Number of the supplier")} error={errorAt("number", i18n.t("Copy the number from the paper."))}>
        {(ids) => (
          <TextInput
            {...ids}
            maxLength={60}
            autoComplete="off"
            value={purchase.number}
            onChange={(event) => change({ number: event.target.value })}
          />
        )}
      </Field>
      <div className={styles.pair}>
        <Field label={i18n.t("Date")} error={errorAt("issuedOn", i18n.t("Copy the date from the paper."))}>
          {(ids) => <DateInput {...ids} value={purchase.issuedOn} onChange={(issuedOn) => change({ issuedOn })} />}
        </Field>
        <Field label={i18n.t("Due")}>
          {(ids) => <DateInput {...ids} value={purchase.dueOn} onChange={(dueOn) => change({ dueOn })} />}
        </Field>
      </div>
      <LineFields
        lines={purchase.lines}
        error={errorAt("lines", i18n.t("Every line needs a description and a price."))}
        onChange={(lines) => change({ lines })}
        onAdd={() => change({ lines: [...purchase.lines, newLine()] })}
      />
      <div className={styles.pair}>
        <Field label={i18n.t("Withholding")}>
          {(ids) => (
            <Select
              {...ids}
              value={purchase.withholdingRate}
              onChange={(event) => change({ withholdingRate: event.target.value })}
            >
              {WITHHOLDING_RATES.map((rate) => (
                <option key={rate} value={rate}>
                  {rate} %
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={i18n.t("Total on the paper")} error={errorAt("total", i18n.t("The lines do not add up to it."))}>
          {(ids) => <MoneyInput {...ids} value={purchase.paperTotal} onChange={(paperTotal) => change({ paperTotal })} />}
        </Field>
      </div>
      <Totals
        totals={totals}
        onBalance={
          price === null
            ? undefined
            : () =>
                change({
                  lines: purchase.lines.map((line, at) =>
                    at === purchase.lines.length - 1 ? { ...line, unitPrice: price } : line,
                  ),
                })
        }
      />
      {refused && !refused.field && (
        <p role="alert" className={styles.refused}>
          {refused.message}
        </p>
      )}
      <div className={styles.acts}>
        <Button kind="danger" denied={denied} hint="D" onClick={onDiscard}>
          {i18n.t("Discard")}
        </Button>
        <Button kind="primary" type="submit" denied={denied} busy={converting} hint="Ctrl Enter">
          {i18n.t("Save and next")}
        </Button>
      </div>
    </form>
  );
}

/** Enter goes to the next field, as people who type all day expect; only Ctrl+Enter and the button save. */
function enterMovesOn(event: KeyboardEvent<HTMLFormElement>) {
  const { target, currentTarget } = event;
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
  event.preventDefault();
  const fields = [...currentTarget.querySelectorAll<HTMLElement>("input:not([readonly]), select, button[type=submit]")];
  fields[fields.indexOf(target) + 1]?.focus();
}

function inputOf(id: string, purchase: Purchase, requestKey: string): ConvertInboxFileInput {
  const { type, supplierId, supplierName, supplierTaxId, number, issuedOn, dueOn, withholdingRate, lines } = purchase;
  return {
    id,
    type,
    supplierId,
    supplierName: supplierId ? undefined : supplierName.trim(),
    supplierTaxId: supplierId ? undefined : supplierTaxId.trim() || undefined,
    number: number.trim(),
    issuedOn: issuedOn ?? "",
    dueOn,
    currency: "EUR",
    withholdingRate,
    lines: lines.map(({ description, quantity, unitPrice, taxRate }) => ({
      description: description.trim(),
      quantity: quantity ?? "1",
      unitPrice: unitPrice ?? "0",
      discountPercent: "0",
      taxRate,
    })),
    requestKey,
  };
}

/** Which field of the form a refusal is about. */
function fieldOf(refusal: { path: readonly string[] } | undefined): PurchaseField | undefined {
  const names: Record<string, PurchaseField> = {
    supplierId: "supplier",
    supplierName: "supplier",
    supplierTaxId: "supplierTaxId",
    number: "number",
    issuedOn: "issuedOn",
    lines: "lines",
  };
  return refusal?.path.map((name) => names[name]).find((field) => field !== undefined);
}

/** The same content came before: where it is. */
function DuplicateNote({ clientId, file }: { clientId: string; file: ReviewedPaper }) {
  const i18n = useWords();
  if (!file.duplicateOfId) return null;
  return (
    <p className={styles.note} role="alert">
      {i18n.t("This content came before.")}{" "}
      <Link {...rowPlace.inboxFile(clientId, file.duplicateOfId)}>{i18n.t("Show the first paper")}</Link>
    </p>
  );
}

/** Needs both: papers may be read, purchases may be made. */
function useConvertAccess(clientId: string): string | undefined {
  const inbox = useWriteAccess(clientId, "INBOX", "edit");
  const purchases = useWriteAccess(clientId, "PURCHASES", "edit");
  return inbox ?? purchases;
}
