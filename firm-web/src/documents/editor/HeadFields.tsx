import { Checkbox, DateInput, DecimalInput, Field, Select, TextArea, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { usePaymentMethods } from "../../app/paymentMethods";
import type { DocumentSide } from "../../app/places";
import { useRectificationCauses } from "../../app/rectificationCauses";
import { REGIMES, type TaxCode, useRegimeNames } from "../../app/taxCodes";
import type { PaymentMethod, RectificationCause, VatRegime } from "../../gql/operations";
import { CURRENCIES, type Draft } from "./draft";
import styles from "./Editor.module.css";
import { SeriesField } from "./SeriesField";
import { codeIn } from "./taxCodes";

interface PartProps {
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
}

interface RegimeFieldProps extends PartProps {
  side: DocumentSide;
  codes: ReadonlyMap<string, TaxCode>;
}

/** Who owes the VAT. Choosing gives every line the nearest code of that regime. */
export function RegimeField({ side, draft, codes, onChange }: RegimeFieldProps) {
  const i18n = useWords();
  const names = useRegimeNames(side);
  const used = [
    ...new Set(
      draft.lines
        .map(({ taxCode }) => codes.get(taxCode))
        .flatMap((code) => (code && code.nature !== "OUTLAY" ? code.regime : [])),
    ),
  ];
  const value = used.length === 1 ? used[0] : "";
  const choose = (regime: VatRegime) =>
    onChange({ lines: draft.lines.map((line) => ({ ...line, taxCode: codeIn(regime, line, codes) })) });
  return (
    <Field label={i18n.t("VAT regime")}>
      {(ids) => (
        <Select {...ids} value={value} onChange={(event) => choose(event.target.value as VatRegime)}>
          {value === "" && <option value="">{i18n.t("By line")}</option>}
          {REGIMES.map((regime) => (
            <option key={regime} value={regime}>
              {names[regime]}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

interface RectificationFieldsProps extends PartProps {
  side: DocumentSide;
  errors: ReadonlyMap<string, string>;
}

/** Which document is corrected, why and how. */
export function RectificationFields({ draft, side, errors, onChange }: RectificationFieldsProps) {
  const i18n = useWords();
  const causes = useRectificationCauses();
  const [error, causeError] = [errors.get("rectification.reason"), errors.get("rectification.cause")];
  const { rectification } = draft;
  if (!rectification) return null;
  return (
    <fieldset className={styles.rectification}>
      <legend>{i18n.t("Rectifies {number}", { number: rectification.number })}</legend>
      <Field label={i18n.t("Reason, as it prints")} error={error}>
        {(ids) => (
          <TextInput
            {...ids}
            maxLength={500}
            value={rectification.reason}
            onChange={(event) => onChange({ rectification: { ...rectification, reason: event.target.value } })}
          />
        )}
      </Field>
      {side === "sales" && (
        <Field label={i18n.t("Cause")} error={causeError}>
          {(ids) => (
            <Select
              {...ids}
              value={rectification.cause}
              onChange={(event) =>
                onChange({ rectification: { ...rectification, cause: event.target.value as RectificationCause } })
              }
            >
              {Object.entries(causes).map(([cause, name]) => (
                <option key={cause} value={cause}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Field label={i18n.t("Method")}>
        {(ids) => (
          <Select
            {...ids}
            value={rectification.method}
            onChange={(event) =>
              onChange({ rectification: { ...rectification, method: event.target.value === "S" ? "S" : "I" } })
            }
          >
            <option value="I">{i18n.t("By differences")}</option>
            <option value="S">{i18n.t("By substitution")}</option>
          </Select>
        )}
      </Field>
    </fieldset>
  );
}

interface MoreFieldsProps extends RectificationFieldsProps {
  clientId: string;
}

/** What most documents leave as it is. */
export function MoreFields({ clientId, draft, side, errors, onChange }: MoreFieldsProps) {
  const i18n = useWords();
  const methods = usePaymentMethods();
  return (
    <div className={styles.more}>
      <div className={styles.fields}>
        <Field label={i18n.t("Payment method")} error={errors.get("paymentMethod")}>
          {(ids) => (
            <Select
              {...ids}
              value={draft.paymentMethod ?? ""}
              onChange={(event) => onChange({ paymentMethod: (event.target.value || null) as PaymentMethod | null })}
            >
              <option value="">{i18n.t("Not said")}</option>
              {Object.entries(methods).map(([method, name]) => (
                <option key={method} value={method}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <SeriesField clientId={clientId} draft={draft} error={errors.get("series")} onChange={(series) => onChange({ series })} />
        <Field label={i18n.t("Day of the operation")} error={errors.get("operationOn")}>
          {(ids) => <DateInput {...ids} value={draft.operationOn} onChange={(operationOn) => onChange({ operationOn })} />}
        </Field>
        {side === "purchases" && (
          <Field
            label={i18n.t("Received on")}
            help={i18n.t("Only if it arrived after its quarter was filed: entry and VAT follow this day.")}
            error={errors.get("receivedOn")}
          >
            {(ids) => <DateInput {...ids} value={draft.receivedOn} onChange={(receivedOn) => onChange({ receivedOn })} />}
          </Field>
        )}
        <Field label={i18n.t("Currency")} error={errors.get("currency")}>
          {(ids) => (
            <Select {...ids} value={draft.currency} onChange={(event) => onChange({ currency: event.target.value })}>
              {[...new Set([...CURRENCIES, draft.currency])].map((currency) => (
                <option key={currency} value={currency}>
                  {currency}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {draft.currency !== "EUR" && (
          <Field
            label={i18n.t("1 {currency} in euros", { currency: draft.currency })}
            help={i18n.t("Left empty, the rate of the company's table is taken.")}
            error={errors.get("exchangeRate")}
          >
            {(ids) => (
              <DecimalInput
                {...ids}
                places={8}
                value={draft.exchangeRate}
                onChange={(exchangeRate) => onChange({ exchangeRate })}
              />
            )}
          </Field>
        )}
      </div>
      <Checkbox
        label={i18n.t("Prices include VAT")}
        checked={draft.pricesIncludeTax}
        onChange={(event) => onChange({ pricesIncludeTax: event.target.checked })}
      />
      {side === "sales" && draft.type === "SALES_INVOICE" && (
        <Checkbox
          label={i18n.t("Simplified invoice")}
          checked={draft.isSimplified}
          onChange={(event) => onChange({ isSimplified: event.target.checked })}
        />
      )}
      <Field label={side === "sales" ? i18n.t("Notes below the lines") : i18n.t("Notes")} error={errors.get("description")}>
        {(ids) => <TextArea {...ids} value={draft.notes} onChange={(event) => onChange({ notes: event.target.value })} />}
      </Field>
    </div>
  );
}
