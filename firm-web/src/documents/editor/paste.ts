import { parseAmount } from "@atrio/kit/format";
import type { Locale } from "@atrio/kit/words";
import type { TaxCode } from "../../app/taxCodes";
import { type DraftLine, isBlank, LINES_MAX } from "./draft";
import { PERCENT_PLACES, PRICE_PLACES } from "./totals";

/** Columns of the grid in the order they stand in, as a spreadsheet fills them. */
export const COLUMNS = ["description", "quantity", "unitPrice", "discountPercent", "taxCode"] as const;
export type PasteColumn = (typeof COLUMNS)[number];

/** Cells of a copied range: tabs between them, a line per row; quoted cells may hold both. */
export function cellsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  const cells = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/gy;
  for (let match = cells.exec(text); match; match = cells.exec(text)) {
    rows.at(-1)?.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? "").trim());
    if (match[3] === "") break;
    if (match[3] !== "\t") rows.push([]);
  }
  return rows.filter((row) => row.some((cell) => cell !== ""));
}

/** Whether a pasted text is a range of cells, not one word. */
export function isRange(text: string): boolean {
  return /[\t\n\r]/.test(text.trimEnd());
}

/** The code that a cell means: its name, or a rate of the same regime as the line had. */
function codeFor(cell: string, line: DraftLine, codes: ReadonlyMap<string, TaxCode>, locale: Locale): string {
  if (codes.has(cell.toUpperCase())) return cell.toUpperCase();
  const rate = parseAmount(cell.replace("%", ""), locale, PERCENT_PLACES);
  if (rate === null) return line.taxCode;
  const now = codes.get(line.taxCode);
  const same = [...codes.values()].filter(
    (one) => one.nature !== "OUTLAY" && parseAmount(one.rate, "en", PERCENT_PLACES) === rate,
  );
  return (same.find((one) => one.regime === now?.regime && one.nature === now?.nature) ?? same[0])?.code ?? line.taxCode;
}

interface Target {
  lines: readonly DraftLine[];
  /** Row and column the range begins at. */
  row: number;
  column: PasteColumn;
  codes: ReadonlyMap<string, TaxCode>;
  locale: Locale;
  blank: () => DraftLine;
}

/**
 * Lines with a copied range laid over them from one cell on, new lines as far as it reaches. A cell that
 * is not understood leaves its field empty, to be seen and mended.
 */
export function pasted(text: string, { lines, row, column, codes, locale, blank }: Target): readonly DraftLine[] {
  const from = COLUMNS.indexOf(column);
  const next = [...lines];
  for (const [down, cells] of cellsOf(text).entries()) {
    const at = row + down;
    if (at >= LINES_MAX) break;
    let line = next[at] ?? blank();
    for (const [right, cell] of cells.entries()) {
      const name = COLUMNS[from + right];
      if (name === undefined) break;
      if (name === "description") line = { ...line, description: cell };
      else if (name === "taxCode") line = { ...line, taxCode: codeFor(cell, line, codes, locale) };
      else {
        const places = name === "discountPercent" ? PERCENT_PLACES : PRICE_PLACES;
        line = { ...line, [name]: parseAmount(cell.replace("%", ""), locale, places) };
      }
    }
    next[at] = line;
  }
  const last = next.at(-1);
  return last && !isBlank(last) && next.length < LINES_MAX ? [...next, blank()] : next;
}
