import { useWrite } from "@atrio/kit/graphql";
import { Badge, Button, Checkbox, Field, focusWrong, Select, sayDone, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useRef, useState } from "react";
import { useDocumentTypes } from "../app/documentWords";
import { type Problem, problemOf } from "../app/problemOf";
import { useWriteAccess } from "../app/useWriteAccess";
import { type DocumentType, KeepDocumentSeries, type SeriesFragment, type SeriesUse } from "../gql/operations";
import styles from "./Company.module.css";

/** Kinds that get a number of ours; purchases keep their supplier's. */
const NUMBERED = [
  "SALES_INVOICE",
  "ESTIMATE",
  "PROFORMA",
  "SALES_ORDER",
  "DELIVERY_NOTE",
  "PAYMENT_RECEIPT",
  "PURCHASE_ORDER",
] as const satisfies readonly DocumentType[];
const USES = ["ORDINARY", "RECTIFYING", "SIMPLIFIED"] as const satisfies readonly SeriesUse[];
const CODE_MAX = 10;

interface SeriesListProps {
  clientId: string;
  series: readonly SeriesFragment[];
  onDone: () => void;
}

/** The series beside the usual ones, which of them is taken where nobody names one, and a form for another. */
export function SeriesList({ clientId, series, onDone }: SeriesListProps) {
  const i18n = useWords();
  const types = useDocumentTypes();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const denied = useWriteAccess(clientId, "SALES", "approve");
  const [keep, keeping] = useWrite(KeepDocumentSeries);
  const [type, setType] = useState<DocumentType>("SALES_INVOICE");
  const [use, setUse] = useState<SeriesUse>("ORDINARY");
  const [code, setCode] = useState("");
  const [isUsual, setUsual] = useState(false);
  const [refused, setRefused] = useState<Problem>();
  const uses: Record<SeriesUse, string> = {
    ORDINARY: i18n.t("Ordinary"),
    RECTIFYING: i18n.t("Rectifying invoices"),
    SIMPLIFIED: i18n.t("Simplified invoices"),
  };
  const save = async (wanted: Omit<SeriesFragment, "id" | "__typename">) => {
    const { type, code, use, isUsual } = wanted;
    const problem = problemOf(await keep({ companyId: clientId, type, code, use, isUsual }), "keepDocumentSeries");
    setRefused(problem);
    if (problem) {
      focusWrong(form);
      return false;
    }
    sayDone({ text: i18n.t("Series {code} saved.", { code }) });
    onDone();
    return true;
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (keeping || denied !== undefined) return;
    const wanted = type === "SALES_INVOICE" ? use : "ORDINARY";
    if (await save({ type, code: code.trim().toUpperCase(), use: wanted, isUsual })) setCode("");
  };
  return (
    <section className={styles.form} aria-labelledby={id}>
      <h2 id={id}>{i18n.t("Number series")}</h2>
      <p className={styles.help}>
        {i18n.t(
          "Numbers count without gaps by series and year. Without one of its own the company has FV, FR, FS, PR, PF, PV, AL, RC and PC.",
        )}
      </p>
      {series.length > 0 && (
        <ul className={styles.kept}>
          {series.map((one) => (
            <li key={one.id}>
              <strong className="tabular">{one.code}</strong>
              <span>{one.use === "ORDINARY" ? types[one.type] : uses[one.use]}</span>
              {one.isUsual ? (
                <Badge>{i18n.t("usual")}</Badge>
              ) : (
                <Button kind="bare" denied={denied} onClick={() => void save({ ...one, isUsual: true })}>
                  {i18n.t("Make {code} the usual one", { code: one.code })}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <form ref={form} noValidate className={styles.form} onSubmit={(event) => void submit(event)}>
        <div className={styles.pair}>
          <Field label={i18n.t("Code")} error={refused?.message}>
            {(ids) => (
              <TextInput
                {...ids}
                maxLength={CODE_MAX}
                disabled={denied !== undefined}
                value={code}
                onChange={({ target }) => setCode(target.value)}
              />
            )}
          </Field>
          <Field label={i18n.t("Kind")}>
            {(ids) => (
              <Select
                {...ids}
                disabled={denied !== undefined}
                value={type}
                onChange={({ target }) => setType(NUMBERED.find((one) => one === target.value) ?? "SALES_INVOICE")}
              >
                {NUMBERED.map((one) => (
                  <option key={one} value={one}>
                    {types[one]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {type === "SALES_INVOICE" && (
            <Field label={i18n.t("Used for")}>
              {(ids) => (
                <Select
                  {...ids}
                  disabled={denied !== undefined}
                  value={use}
                  onChange={({ target }) => setUse(USES.find((one) => one === target.value) ?? "ORDINARY")}
                >
                  {USES.map((one) => (
                    <option key={one} value={one}>
                      {uses[one]}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
        </div>
        <Checkbox
          label={i18n.t("Take it where nobody names one")}
          disabled={denied !== undefined}
          checked={isUsual}
          onChange={({ target }) => setUsual(target.checked)}
        />
        <Button type="submit" denied={denied} busy={keeping}>
          {i18n.t("Set up the series")}
        </Button>
      </form>
    </section>
  );
}
