import { fromMinor, useFormats } from "@atrio/kit/format";
import { Button, MoneyInput, Select, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useId } from "react";
import styles from "./Inbox.module.css";
import { lineBase, type PurchaseLine, TAX_RATES } from "./purchase";

interface LineFieldsProps {
  lines: readonly PurchaseLine[];
  error: string | undefined;
  onChange: (lines: readonly PurchaseLine[]) => void;
  onAdd: () => void;
}

/** Lines of the purchase: what, how many, price before tax, rate. */
export function LineFields({ lines, error, onChange, onAdd }: LineFieldsProps) {
  const i18n = useWords();
  const f = useFormats();
  const note = useId();
  const set = (key: string, part: Partial<PurchaseLine>) =>
    onChange(lines.map((line) => (line.key === key ? { ...line, ...part } : line)));
  return (
    <fieldset className={styles.lines} aria-describedby={error ? note : undefined}>
      <legend>{i18n.t("Lines")}</legend>
      {lines.map((line, index) => (
        <div key={line.key} className={styles.line}>
          <TextInput
            aria-label={i18n.t("Description of line {number}", { number: index + 1 })}
            aria-invalid={error !== undefined && line.description.trim() === "" ? true : undefined}
            placeholder={i18n.t("Description")}
            maxLength={500}
            value={line.description}
            onChange={(event) => set(line.key, { description: event.target.value })}
          />
          <MoneyInput
            aria-label={i18n.t("Quantity of line {number}", { number: index + 1 })}
            value={line.quantity}
            onChange={(quantity) => set(line.key, { quantity })}
          />
          <MoneyInput
            aria-label={i18n.t("Price of line {number}, before tax", { number: index + 1 })}
            aria-invalid={error !== undefined && line.unitPrice === null ? true : undefined}
            placeholder={i18n.t("Price")}
            value={line.unitPrice}
            onChange={(unitPrice) => set(line.key, { unitPrice })}
          />
          <Select
            aria-label={i18n.t("Tax rate of line {number}", { number: index + 1 })}
            value={line.taxRate}
            onChange={(event) => set(line.key, { taxRate: event.target.value })}
          >
            {TAX_RATES.map((rate) => (
              <option key={rate} value={rate}>
                {rate} %
              </option>
            ))}
          </Select>
          <span className={styles.lineBase}>{f.money(fromMinor(lineBase(line)))}</span>
          <Button
            kind="bare"
            icon="close"
            iconOnly
            denied={lines.length === 1 ? i18n.t("A purchase has at least one line.") : undefined}
            onClick={() => onChange(lines.filter(({ key }) => key !== line.key))}
          >
            {i18n.t("Remove line {number}", { number: index + 1 })}
          </Button>
        </div>
      ))}
      {error && (
        <p id={note} className={styles.refused}>
          {error}
        </p>
      )}
      <div>
        <Button icon="plus" onClick={onAdd}>
          {i18n.t("Add a line")}
        </Button>
      </div>
    </fieldset>
  );
}
