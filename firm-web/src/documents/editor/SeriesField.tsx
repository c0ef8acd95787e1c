import { useRead } from "@atrio/kit/graphql";
import { Field, Select } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { SeriesNames } from "../../gql/operations";
import { type Draft, SUPPLIER_NUMBERED } from "./draft";

interface SeriesFieldProps {
  clientId: string;
  draft: Draft;
  error?: string;
  onChange: (series: string | null) => void;
}

/** Which series of the company the number comes from; nothing where there is only the usual one. */
export function SeriesField({ clientId, draft, error, onChange }: SeriesFieldProps) {
  const i18n = useWords();
  const numbered = !SUPPLIER_NUMBERED.includes(draft.type);
  const { data } = useRead(SeriesNames, { companyId: clientId }, !numbered);
  if (!numbered) return null;
  const use = draft.rectification ? "RECTIFYING" : draft.isSimplified ? "SIMPLIFIED" : "ORDINARY";
  const fitting = (data?.documentSeries ?? []).filter((one) => one.type === draft.type && one.use === use);
  const codes = [...new Set([...fitting.map(({ code }) => code), ...(draft.series ? [draft.series] : [])])];
  if (codes.length === 0) return null;
  return (
    <Field label={i18n.t("Series")} error={error}>
      {(ids) => (
        <Select {...ids} value={draft.series ?? ""} onChange={(event) => onChange(event.target.value || null)}>
          <option value="">{i18n.t("The usual one")}</option>
          {codes.map((code) => (
            <option key={code} value={code}>
              {code}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
