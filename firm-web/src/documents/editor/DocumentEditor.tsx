import { localDate, useFormats } from "@atrio/kit/format";
import { useKeys } from "@atrio/kit/keys";
import { Button, DateInput, Field, MoneyInput, PageHeading, Select, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useDocumentTypes } from "../../app/documentWords";
import { LeaveGuard } from "../../app/LeaveGuard";
import lineEditor from "../../app/LineEditor.module.css";
import type { DocumentSide } from "../../app/places";
import { useTaxCodes } from "../../app/taxCodes";
import { useWriteAccess } from "../../app/useWriteAccess";
import { ContactField } from "./ContactField";
import { DraftTotals } from "./DraftTotals";
import {
  amountsOf,
  type Draft,
  filledLines,
  isBlank,
  missingIn,
  newLine,
  printedCodes,
  SUPPLIER_NUMBERED,
  WITHHOLDING_RATES,
} from "./draft";
import styles from "./Editor.module.css";
import { MoreFields, RectificationFields, RegimeField } from "./HeadFields";
import { LinesGrid } from "./LinesGrid";
import { PaymentFields } from "./PaymentFields";
import { totalsOf } from "./totals";
import { useContactCard } from "./useContactCard";
import { type Saved, type SaveThen, useSaving } from "./useSaving";

interface DocumentEditorProps {
  clientId: string;
  side: DocumentSide;
  /** What the form begins with. */
  start: Draft;
  /** The draft that is changed; none for a new document. */
  kept?: Saved;
  /** Whether it waits for review already. */
  waiting?: boolean;
  /** Stands beside the form: the supplier's paper. */
  beside?: ReactNode;
  /** Stands at its end: what is attached. */
  papers?: ReactNode;
  /** Uploads that go onto the document once it is kept. */
  uploads?: readonly string[];
}

/** One document as a form: heading, lines as a sheet, totals as they are typed. Ctrl+Enter keeps it. */
export function DocumentEditor({ clientId, side, start, kept, waiting = false, beside, papers, uploads }: DocumentEditorProps) {
  const i18n = useWords();
  const f = useFormats();
  const types = useDocumentTypes();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(start);
  const [paperTotal, setPaperTotal] = useState<string | null>(null);
  const scope = side === "sales" ? "SALES" : "PURCHASES";
  const noEdit = useWriteAccess(clientId, scope, "edit");
  const noApproval = useWriteAccess(clientId, scope, "approve");
  const saving = useSaving({ clientId, side, kept, waiting });
  const codes = useTaxCodes(side, draft.operationOn ?? draft.issuedOn ?? localDate());
  const change = useCallback((part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part })), []);
  const changeLines = useCallback(
    (act: (lines: Draft["lines"]) => Draft["lines"]) => setDraft((now) => ({ ...now, lines: act(now.lines) })),
    [],
  );
  const chooseContact = useContactCard(side, setDraft);
  const blank = useCallback(() => newLine(side, draft.card), [side, draft.card]);
  const { lines, withholdingRate, pricesIncludeTax, printedQuotas } = draft;
  const totals = useMemo(
    () => totalsOf(amountsOf(lines, codes), { withholdingRate, pricesIncludeTax, printedQuotas }),
    [lines, codes, withholdingRate, pricesIncludeTax, printedQuotas],
  );
  const print = (code: string, quota: string | null) =>
    setDraft(({ printedQuotas: { [code]: _, ...others }, ...now }) => ({
      ...now,
      printedQuotas: quota === null ? others : { ...others, [code]: quota },
    }));
  const latest = useRef(draft);
  latest.current = draft;

  const save = async (then: SaveThen) => {
    if (noEdit !== undefined || saving.busy) return;
    const now = latest.current;
    const lack = missingIn(now);
    const told = lack.length > 0 ? new Map(lack.map((path) => [path, i18n.t("This is missing.")])) : undefined;
    // Blank lines are not sent, so that the places in an answer are those of the filled ones.
    const keptLines = filledLines(now.lines);
    if (keptLines.length > 0) setDraft({ ...now, lines: keptLines });
    if (told) saving.tell(told);
    else await saving.run(then, now, uploads);
  };
  useEffect(() => {
    if (saving.errors.size > 0) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [saving.errors]);
  // Amounts and dates are understood when their field is left, so it is left before saving.
  const saveTyped = (then: SaveThen) => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    requestAnimationFrame(() => void save(then));
  };
  const label = waiting ? i18n.t("Save") : i18n.t("Save the draft");
  useKeys([{ keys: "Ctrl+Enter", label, group: i18n.t("Documents"), run: () => saveTyped("draft"), whileTyping: true }]);
  const touched = latest.current !== start && lines.some((line) => !isBlank(line));
  const dirty = () => !saving.done() && (touched || (uploads ?? []).length > 0);
  const at = (path: string) => saving.errors.get(path);
  const unplaced = [...saving.errors].filter(([path]) => !isPlaced(path)).map(([, message]) => message);
  const title = [types[draft.type], kept ? start.number : ""].filter(Boolean).join(" ");
  return (
    <div className={beside ? styles.withPaper : undefined}>
      <form
        ref={form}
        className={`${lineEditor.editor} ${styles.editor}`}
        noValidate
        aria-label={title}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          saveTyped("draft");
        }}
      >
        <PageHeading detail={<span className="tabular">{f.money(totals.total, draft.currency)}</span>}>
          {kept ? i18n.t("Change: {document}", { document: title }) : i18n.t("New: {document}", { document: title })}
        </PageHeading>
        {unplaced.length > 0 && (
          <div role="alert" className={lineEditor.alert}>
            {unplaced.map((message) => (
              <p key={message}>{message}</p>
            ))}
          </div>
        )}
        <div className={`${styles.fields} ${styles.head}`}>
          <ContactField
            clientId={clientId}
            side={side}
            value={draft.contact}
            error={at("contactId")}
            onChange={(contact) => void chooseContact(contact)}
          />
          {SUPPLIER_NUMBERED.includes(draft.type) && (
            <Field label={i18n.t("Number of the supplier")} error={at("number")}>
              {(ids) => (
                <TextInput
                  {...ids}
                  maxLength={60}
                  autoComplete="off"
                  value={draft.number}
                  onChange={(event) => change({ number: event.target.value })}
                />
              )}
            </Field>
          )}
          <Field label={i18n.t("Date")} error={at("issuedOn")}>
            {(ids) => <DateInput {...ids} value={draft.issuedOn} onChange={(issuedOn) => change({ issuedOn })} />}
          </Field>
          <PaymentFields
            payment={draft.payment}
            issuedOn={draft.issuedOn}
            total={totals.total}
            errors={saving.errors}
            onChange={(payment) => change({ payment })}
          />
          <RegimeField side={side} draft={draft} codes={codes} onChange={change} />
          <Field label={i18n.t("Withholding (IRPF)")} error={at("withholdingRate")}>
            {(ids) => (
              <Select
                {...ids}
                value={plain(withholdingRate)}
                onChange={(event) => change({ withholdingRate: event.target.value })}
              >
                {[...new Set([...WITHHOLDING_RATES, plain(withholdingRate)])].map((rate) => (
                  <option key={rate} value={rate}>
                    {f.percent(rate)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {side === "purchases" && (
            <Field label={i18n.t("Total on the paper")}>
              {(ids) => <MoneyInput {...ids} live value={paperTotal} onChange={setPaperTotal} />}
            </Field>
          )}
        </div>
        {draft.rectification && <RectificationFields draft={draft} side={side} errors={saving.errors} onChange={change} />}
        <LinesGrid
          clientId={clientId}
          side={side}
          lines={lines}
          bases={totals.lineBases}
          codes={codes}
          blank={blank}
          errors={saving.errors}
          onChange={changeLines}
        />
        <div className={styles.foot}>
          <div className={styles.more}>
            <MoreFields clientId={clientId} draft={draft} side={side} errors={saving.errors} onChange={change} />
            {papers}
          </div>
          <DraftTotals
            totals={totals}
            side={side}
            currency={draft.currency}
            codes={codes}
            paperTotal={paperTotal}
            printed={
              SUPPLIER_NUMBERED.includes(draft.type)
                ? { quotas: printedQuotas, errors: printedErrors(draft, saving.errors), onChange: print }
                : undefined
            }
          />
        </div>
        <div className={lineEditor.bar}>
          <Button type="submit" denied={noEdit} busy={saving.busy} hint="Ctrl Enter">
            {label}
          </Button>
          {!waiting && (
            <Button denied={noEdit} busy={saving.busy} onClick={() => saveTyped("review")}>
              {i18n.t("Send to review")}
            </Button>
          )}
          {side === "sales" && (
            <Button denied={noEdit ?? noApproval} busy={saving.busy} onClick={() => saveTyped("approveAndSend")}>
              {i18n.t("Approve and send")}
            </Button>
          )}
          <Button kind="primary" denied={noEdit ?? noApproval} busy={saving.busy} onClick={() => saveTyped("approve")}>
            {i18n.t("Approve")}
          </Button>
        </div>
      </form>
      {beside}
      <LeaveGuard dirty={dirty} />
    </div>
  );
}

/** Whether some field shows what is said about this path. */
function isPlaced(path: string): boolean {
  return (
    /^(lines\.\d+|instalments|printedTaxes\.\d+)/.test(path) ||
    [
      "contactId",
      "number",
      "issuedOn",
      "operationOn",
      "receivedOn",
      "dueOn",
      "paymentTerms",
      "paymentMethod",
      "series",
      "currency",
      "exchangeRate",
      "withholdingRate",
      "rectification.reason",
      "rectification.cause",
    ].includes(path)
  );
}

/** What the gateway says about a printed VAT, by its code. */
function printedErrors(draft: Draft, errors: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const codes = printedCodes(draft);
  return new Map(
    [...errors].flatMap(([path, message]) => {
      const code = codes[Number(/^printedTaxes\.(\d+)/.exec(path)?.[1])];
      return code === undefined ? [] : [[code, message]];
    }),
  );
}

/** "15.00" as "15", so that a kept rate finds its choice. */
function plain(rate: string | null): string {
  const text = rate ?? "0";
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
