import { isZero, useFormats } from "@atrio/kit/format";
import { Button } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type KeyboardEvent, useCallback, useRef } from "react";
import lineEditor from "../../app/LineEditor.module.css";
import { type DraftLine, LINES_MAX, newLine, totalsOf } from "./draft";
import styles from "./Editor.module.css";
import { LineRow, useLabels } from "./LineRow";

interface LinesGridProps {
  clientId: string;
  /** As they are shown. */
  lines: readonly DraftLine[];
  /** What is wrong, by path of the input: "lines.0.debit". */
  errors: ReadonlyMap<string, string>;
  /** How the sheet is filled in, said under it. */
  note: string;
  onChange: (change: (lines: readonly DraftLine[]) => readonly DraftLine[]) => void;
}

const ENDS = ["debit", "credit"];

/** The lines as a sheet. Enter goes to the next cell and makes a row at the end, arrows move up and down. */
export function LinesGrid({ clientId, lines, errors, note, onChange }: LinesGridProps) {
  const i18n = useWords();
  const f = useFormats();
  const labels = useLabels();
  const sheet = useRef<HTMLTableElement>(null);
  const totals = totalsOf(lines);
  const full = lines.length >= LINES_MAX;

  /** The row may enter the page only with the next drawing. */
  const focus = useCallback((row: number, column: string) => {
    requestAnimationFrame(() => sheet.current?.querySelector<HTMLElement>(`[data-cell="${row}-${column}"]`)?.focus());
  }, []);
  const add = () => {
    if (full) return;
    onChange((now) => [...now, newLine()]);
    focus(lines.length, "account");
  };
  const change = useCallback(
    (key: string, part: Partial<DraftLine>) =>
      onChange((now) => now.map((line) => (line.key === key ? { ...line, ...part } : line))),
    [onChange],
  );
  const remove = useCallback(
    (key: string) => onChange((now) => (now.length > 2 ? now.filter((line) => line.key !== key) : now)),
    [onChange],
  );
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const name = event.target instanceof HTMLElement ? event.target.dataset.cell : undefined;
    if (!name || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const [row = "0", column = "account"] = name.split("-");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      focus(Number(row) + step, column);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      const cells = [...(sheet.current?.querySelectorAll<HTMLElement>("[data-cell]") ?? [])];
      const next = cells[cells.findIndex((cell) => cell.dataset.cell === name) + 1];
      if (next) next.focus();
      else add();
    }
  };
  return (
    <section className={lineEditor.section} aria-labelledby="lines">
      <h2 id="lines">{i18n.t("Lines")}</h2>
      <table ref={sheet} className={`${lineEditor.sheet} ${styles.sheet}`} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {Object.entries(labels).map(([id, label]) => (
              <th key={id} scope="col" data-column={id} className={ENDS.includes(id) ? lineEditor.end : undefined}>
                {label}
              </th>
            ))}
            <th scope="col" data-column="remove">
              <span className="unseen">{i18n.t("Remove")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, row) => (
            <LineRow
              key={line.key}
              clientId={clientId}
              row={row}
              line={line}
              error={errorOf(errors, row)}
              onChange={change}
              onRemove={remove}
            />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {isZero(totals.difference)
                ? i18n.t("Balanced")
                : i18n.t("Debit and credit differ by {amount}", { amount: f.money(totals.difference) })}
            </th>
            <td className={lineEditor.end} data-label={labels.debit}>
              {f.money(totals.debit)}
            </td>
            <td className={lineEditor.end} data-label={labels.credit}>
              {f.money(totals.credit)}
            </td>
            <td />
          </tr>
        </tfoot>
      </table>
      <div className={lineEditor.acts}>
        <Button
          icon="plus"
          denied={full ? i18n.t("An entry has at most {most} lines.", { most: LINES_MAX }) : undefined}
          onClick={add}
        >
          {i18n.t("Add a line")}
        </Button>
        <span className={lineEditor.quiet}>{note}</span>
      </div>
    </section>
  );
}

/** What is wrong with a line, as text that compares: rows are drawn anew only when it changes. */
function errorOf(errors: ReadonlyMap<string, string>, row: number): string | undefined {
  for (const [path, message] of errors) {
    if (path === `lines.${row}`) return `.${message}`;
    if (path.startsWith(`lines.${row}.`)) return `${path.slice(`lines.${row}.`.length)}.${message}`;
  }
  return undefined;
}
