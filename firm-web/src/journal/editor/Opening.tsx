import { isZero, useFormats } from "@atrio/kit/format";
import { newRequestKey, useRead, useWrite } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, EmptyState, Field, focusWrong, PageHeading, Select, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useCallback, useRef, useState } from "react";
import { LeaveGuard } from "../../app/LeaveGuard";
import lineEditor from "../../app/LineEditor.module.css";
import { rowPlace } from "../../app/places";
import { ReadState } from "../../app/Screen";
import { useWriteAccess } from "../../app/useWriteAccess";
import { DraftOpeningBalances, FiscalYears, type FiscalYearsQuery } from "../../gql/operations";
import { type DraftLine, isBlank, totalsOf } from "./draft";
import styles from "./Editor.module.css";
import { LinesGrid } from "./LinesGrid";
import { filledLines, firstYear, opening, openingLines } from "./opening";
import { type Problems, told } from "./told";

type Years = NonNullable<FiscalYearsQuery["fiscalYears"]>;

const route = getRouteApi("/frame/c/$clientId/journal/opening");

/** The balances with which a client's books begin, taken over from whoever kept them before. */
export function OpeningScreen() {
  const i18n = useWords();
  const { clientId } = route.useParams();
  const read = useRead(FiscalYears, { companyId: clientId });
  const years = read.data?.fiscalYears ?? [];
  return (
    <>
      <nav aria-label={i18n.t("Where you are")} className={styles.trail}>
        <Link to="/c/$clientId/journal" params={{ clientId }}>
          {i18n.t("Journal")}
        </Link>
      </nav>
      <ReadState read={read} at="fiscalYears">
        {years.length > 0 ? (
          <OpeningForm clientId={clientId} years={years} />
        ) : (
          <EmptyState title={i18n.t("No fiscal year is open yet.")} icon="journal" />
        )}
      </ReadState>
    </>
  );
}

/** Year, balances as a sheet, and what debit and credit differ by. Ctrl+Enter makes the draft. */
function OpeningForm({ clientId, years }: { clientId: string; years: Years }) {
  const i18n = useWords();
  const f = useFormats();
  const navigate = useNavigate();
  const form = useRef<HTMLFormElement>(null);
  const [year, setYear] = useState(() => firstYear(years));
  const [lines, setLines] = useState(openingLines);
  const [errors, setErrors] = useState<Problems>(new Map());
  const noEdit = useWriteAccess(clientId, "JOURNAL", "edit");
  const [draft, drafting] = useWrite(DraftOpeningBalances);
  const asked = useRef({ content: "", key: "" });
  const finished = useRef(false);
  const latest = useRef(lines);
  latest.current = lines;
  const changeLines = useCallback((act: (now: readonly DraftLine[]) => readonly DraftLine[]) => setLines(act), []);
  const { difference } = totalsOf(lines);
  const open = isZero(difference) ? undefined : i18n.t("Debit and credit differ by {amount}", { amount: f.money(difference) });
  const refuse = (problems: Problems) => {
    setErrors(problems);
    focusWrong(form);
  };

  const save = async () => {
    if (noEdit !== undefined || drafting) return;
    const filled = filledLines(latest.current);
    setLines(filled);
    const { missing, input } = opening(year, filled);
    if (!input) return refuse(new Map(missing.map((path) => [path, i18n.t("This is missing.")])));
    // The same content keeps its key, so that a lost answer makes no second draft.
    const content = JSON.stringify(input);
    if (asked.current.content !== content) asked.current = { content, key: newRequestKey() };
    const { data, failure, denials } = await draft({
      input: { ...input, companyId: clientId, requestKey: asked.current.key },
    });
    const problem = failure?.message ?? denials.at("draftOpeningBalances")?.message;
    const problems = told(problem, data?.draftOpeningBalances?.refusals);
    const made = data?.draftOpeningBalances?.entry;
    if (problems || !made) return refuse(problems ?? new Map());
    finished.current = true;
    sayDone({ text: i18n.t("The opening entry stands as a draft.") });
    void navigate({ ...rowPlace.entry(clientId, made.id), replace: true });
  };
  // Amounts are understood when their field is left, so it is left before saving.
  const saveTyped = () => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    requestAnimationFrame(() => void save());
  };
  useKeys([
    {
      keys: "Ctrl+Enter",
      label: i18n.t("Make the opening entry"),
      group: i18n.t("Journal"),
      run: saveTyped,
      whileTyping: true,
    },
  ]);
  const unplaced = [...errors].filter(([path]) => path !== "year" && !/^lines\.\d+/.test(path)).map(([, message]) => message);
  return (
    <form
      ref={form}
      className={`${lineEditor.editor} ${styles.editor}`}
      noValidate
      aria-label={i18n.t("Opening balances")}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        saveTyped();
      }}
    >
      <PageHeading>{i18n.t("Opening balances")}</PageHeading>
      <p className={lineEditor.quiet}>
        {i18n.t(
          "What each account held when the books began, from the last balance of whoever kept them before. The entry stands on the first day of the year.",
        )}
      </p>
      {unplaced.length > 0 && (
        <div role="alert" className={lineEditor.alert}>
          {unplaced.map((message) => (
            <p key={message}>{message}</p>
          ))}
        </div>
      )}
      <div className={styles.fields}>
        <Field label={i18n.t("First year of the books")} error={errors.get("year")}>
          {(ids) => (
            <Select {...ids} value={year ?? ""} onChange={(event) => setYear(Number(event.target.value))}>
              {years.map((one) => (
                <option key={one.year} value={one.year}>
                  {one.year}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <LinesGrid
        clientId={clientId}
        lines={lines}
        errors={errors}
        note={i18n.t("Rows left blank do not count. Enter: next field.")}
        onChange={changeLines}
      />
      <div className={lineEditor.bar}>
        <Button kind="primary" type="submit" denied={noEdit ?? open} busy={drafting} hint="Ctrl Enter">
          {i18n.t("Make the opening entry")}
        </Button>
      </div>
      <LeaveGuard dirty={() => !finished.current && latest.current.some((line) => !isBlank(line))} />
    </form>
  );
}
