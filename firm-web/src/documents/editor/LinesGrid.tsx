import { Button } from "@atrio/kit/ui";
import { useLocale, useWords } from "@atrio/kit/words";
import { type ClipboardEvent, type KeyboardEvent, memo, useCallback, useRef } from "react";
import lineEditor from "../../app/LineEditor.module.css";
import type { DocumentSide } from "../../app/places";
import type { TaxCode } from "../../app/taxCodes";
import { type DraftLine, LINES_MAX } from "./draft";
import styles from "./Editor.module.css";
import { LineRow } from "./LineRow";
import { COLUMNS, isRange, type PasteColumn, pasted } from "./paste";

interface LinesGridProps {
  clientId: string;
  side: DocumentSide;
  lines: readonly DraftLine[];
  /** Base of each line, as the totals have it. */
  bases: readonly string[];
  codes: ReadonlyMap<string, TaxCode>;
  /** A line that nobody has touched. */
  blank: () => DraftLine;
  /** What is wrong, by path of the input: "lines.0.unitPrice". */
  errors: ReadonlyMap<string, string>;
  onChange: (change: (lines: readonly DraftLine[]) => readonly DraftLine[]) => void;
}

/**
 * The lines as a sheet. Enter goes to the next row of the same column and makes one at the end, arrows
 * move up and down, a range copied from a spreadsheet is laid over from the cell in hand on.
 */
export const LinesGrid = memo(function LinesGrid(props: LinesGridProps) {
  const { clientId, side, lines, bases, codes, blank, errors, onChange } = props;
  const i18n = useWords();
  const locale = useLocale();
  const sheet = useRef<HTMLTableElement>(null);
  const latest = useRef(codes);
  latest.current = codes;
  const full = lines.length >= LINES_MAX;

  /** The row may enter the page only with the next drawing. */
  const focus = useCallback((row: number, column: string) => {
    requestAnimationFrame(() => sheet.current?.querySelector<HTMLElement>(`[data-cell="${row}-${column}"]`)?.focus());
  }, []);
  const add = () => {
    onChange((now) => [...now, blank()]);
    focus(lines.length, "description");
  };
  const change = useCallback(
    (key: string, part: Partial<DraftLine>) =>
      onChange((now) => now.map((line) => (line.key === key ? { ...line, ...part } : line))),
    [onChange],
  );
  const remove = useCallback(
    (key: string) =>
      onChange((now) => {
        const left = now.filter((line) => line.key !== key);
        return left.length > 0 ? left : [blank()];
      }),
    [onChange, blank],
  );
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const cell = cellOf(event.target);
    if (!cell || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    // A choice has its own arrows.
    const own = event.target instanceof HTMLSelectElement && event.key !== "Enter";
    const step = own ? undefined : { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const to = cell.row + step;
    if (to === lines.length && event.key === "Enter" && !full) {
      onChange((now) => [...now, blank()]);
      focus(to, "description");
    } else focus(to, cell.column);
  };
  const onPaste = (event: ClipboardEvent<HTMLTableElement>) => {
    const cell = cellOf(event.target);
    const text = event.clipboardData.getData("text/plain");
    const column = COLUMNS.find((one) => one === cell?.column);
    if (!cell || !column || !isRange(text)) return;
    event.preventDefault();
    const at: { row: number; column: PasteColumn } = { row: cell.row, column };
    onChange((now) => pasted(text, { lines: now, ...at, codes: latest.current, locale, blank }));
  };
  const heads = useHeads(side);
  return (
    <section className={`${lineEditor.section} ${styles.section}`} aria-labelledby="lines">
      <h2 id="lines">{i18n.t("Lines")}</h2>
      <table
        ref={sheet}
        className={`${lineEditor.sheet} ${styles.sheet}`}
        data-side={side}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      >
        <thead>
          <tr>
            {heads.map(({ id, label, end }) => (
              <th key={id} scope="col" data-column={id} className={end ? `${lineEditor.end} ${styles.end}` : undefined}>
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
              side={side}
              row={row}
              line={line}
              base={bases[row] ?? "0.00"}
              codes={codes}
              error={errorOf(errors, row)}
              onChange={change}
              onRemove={remove}
            />
          ))}
        </tbody>
      </table>
      <div className={lineEditor.acts}>
        <Button
          icon="plus"
          denied={full ? i18n.t("A document has at most {most} lines.", { most: LINES_MAX }) : undefined}
          onClick={add}
        >
          {i18n.t("Add a line")}
        </Button>
        <span className={lineEditor.quiet}>{i18n.t("Enter: next row. Rows copied from a spreadsheet can be pasted.")}</span>
      </div>
    </section>
  );
});

/** What is wrong with a line, as text that compares: rows are drawn anew only when it changes. */
function errorOf(errors: ReadonlyMap<string, string>, row: number): string | undefined {
  for (const [path, message] of errors) {
    if (path === `lines.${row}`) return `.${message}`;
    if (path.startsWith(`lines.${row}.`)) return `${path.slice(`lines.${row}.`.length)}.${message}`;
  }
  return undefined;
}

function cellOf(target: EventTarget): { row: number; column: string } | undefined {
  const name = target instanceof HTMLElement ? target.dataset.cell : undefined;
  const [row, column] = name?.split("-") ?? [];
  return row === undefined || column === undefined ? undefined : { row: Number(row), column };
}

interface Head {
  id: string;
  label: string;
  end?: boolean;
}

/** Heads of the columns, also their names on a phone. */
export function useHeads(side: DocumentSide): readonly Head[] {
  const i18n = useWords();
  return [
    { id: "description", label: i18n.t("Description") },
    { id: "quantity", label: i18n.t("Quantity"), end: true },
    { id: "unitPrice", label: i18n.t("Price"), end: true },
    { id: "discountPercent", label: i18n.t("Discount %"), end: true },
    { id: "taxCode", label: i18n.t("Tax") },
    { id: "isProduct", label: i18n.t("Kind") },
    { id: "account", label: i18n.t("Account") },
    ...(side === "purchases" ? [{ id: "deductiblePercent", label: i18n.t("Deducted %"), end: true }] : []),
    { id: "base", label: i18n.t("Base"), end: true },
  ];
}
