import { useFormats } from "@atrio/kit/format";
import { Button, DecimalInput, Select, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { memo, useId } from "react";
import lineEditor from "../../app/LineEditor.module.css";
import type { DocumentSide } from "../../app/places";
import { TaxSelect } from "../../app/TaxSelect";
import type { TaxCode } from "../../app/taxCodes";
import { AccountField } from "./AccountField";
import type { DraftLine } from "./draft";
import styles from "./Editor.module.css";
import { useHeads } from "./LinesGrid";
import { PERCENT_PLACES, PRICE_PLACES } from "./totals";

interface LineRowProps {
  clientId: string;
  side: DocumentSide;
  /** From 0. */
  row: number;
  line: DraftLine;
  base: string;
  codes: ReadonlyMap<string, TaxCode>;
  /** "field.sentence", or ".sentence" for the whole line. */
  error: string | undefined;
  onChange: (key: string, part: Partial<DraftLine>) => void;
  onRemove: (key: string) => void;
}

/** One line of the sheet. Memoised: typing in one of 500 draws one. */
export const LineRow = memo(function LineRow({
  clientId,
  side,
  row,
  line,
  base,
  codes,
  error,
  onChange,
  onRemove,
}: LineRowProps) {
  const i18n = useWords();
  const f = useFormats();
  const note = useId();
  const heads = useHeads(side);
  const [field, sentence] = error === undefined ? [] : [error.slice(0, error.indexOf(".")), error.slice(error.indexOf(".") + 1)];
  const change = (part: Partial<DraftLine>) => onChange(line.key, part);
  const label = (id: string) => heads.find((head) => head.id === id)?.label ?? id;
  const cell = (id: string) => ({
    "data-cell": `${row}-${id}`,
    "aria-label": i18n.t("{column}, line {number}", { column: label(id), number: row + 1 }),
    "aria-invalid": field === id || undefined,
    "aria-describedby": field === id ? note : undefined,
  });
  return (
    <>
      <tr data-error={error === undefined ? undefined : true}>
        <td data-column="description" data-label={label("description")}>
          <TextInput
            {...cell("description")}
            maxLength={2000}
            autoComplete="off"
            value={line.description}
            onChange={(event) => change({ description: event.target.value })}
          />
        </td>
        <td data-column="quantity" data-label={label("quantity")}>
          <DecimalInput
            {...cell("quantity")}
            live
            className={lineEditor.number}
            inputMode="decimal"
            places={PRICE_PLACES}
            value={line.quantity}
            onChange={(quantity) => change({ quantity })}
          />
        </td>
        <td data-column="unitPrice" data-label={label("unitPrice")}>
          <DecimalInput
            {...cell("unitPrice")}
            live
            className={lineEditor.number}
            places={PRICE_PLACES}
            least={2}
            value={line.unitPrice}
            onChange={(unitPrice) => change({ unitPrice })}
          />
        </td>
        <td data-column="discountPercent" data-label={label("discountPercent")}>
          <DecimalInput
            {...cell("discountPercent")}
            live
            className={lineEditor.number}
            places={PERCENT_PLACES}
            value={line.discountPercent}
            onChange={(discountPercent) => change({ discountPercent })}
          />
        </td>
        <td data-column="taxCode" data-label={label("taxCode")}>
          <TaxSelect
            ids={cell("taxCode")}
            side={side}
            value={line.taxCode}
            codes={codes}
            onChange={(taxCode) => change({ taxCode })}
          />
        </td>
        <td data-column="isProduct" data-label={label("isProduct")}>
          <Select
            {...cell("isProduct")}
            value={line.isProduct ? "goods" : "service"}
            onChange={(event) => change({ isProduct: event.target.value === "goods" })}
          >
            <option value="service">{i18n.t("Service")}</option>
            <option value="goods">{i18n.t("Goods")}</option>
          </Select>
        </td>
        <td data-column="account" data-label={label("account")}>
          <AccountField
            ids={cell("account")}
            clientId={clientId}
            value={line.account}
            usual={usualAccount(side, line.isProduct)}
            onChange={(account) => change({ account })}
          />
        </td>
        {side === "purchases" && (
          <td data-column="deductiblePercent" data-label={label("deductiblePercent")}>
            <DecimalInput
              {...cell("deductiblePercent")}
              live
              className={lineEditor.number}
              places={PERCENT_PLACES}
              value={line.deductiblePercent}
              onChange={(deductiblePercent) => change({ deductiblePercent })}
            />
          </td>
        )}
        <td data-column="base" data-label={label("base")} className={`${lineEditor.end} ${styles.end}`}>
          {f.money(base)}
        </td>
        <td data-column="remove">
          <Button kind="bare" icon="close" iconOnly tabIndex={-1} onClick={() => onRemove(line.key)}>
            {i18n.t("Remove line {number}", { number: row + 1 })}
          </Button>
        </td>
      </tr>
      {sentence && (
        <tr className={lineEditor.lineError}>
          <td id={note} colSpan={heads.length + 1}>
            {sentence}
          </td>
        </tr>
      )}
    </>
  );
});

/** Account that the gateway takes when none is named. */
function usualAccount(side: DocumentSide, isProduct: boolean): string {
  if (side === "sales") return isProduct ? "700" : "705";
  return isProduct ? "600" : "629";
}
