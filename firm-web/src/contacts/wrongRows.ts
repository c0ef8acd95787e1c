const ACTS = /^[=+\-@\t\r]/;

/** A table as CSV that spreadsheets open by a double click: a mark of order, semicolons, and nothing that calculates. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => `"${(ACTS.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return `\ufeff${rows.map((row) => row.map(cell).join(";")).join("\r\n")}\r\n`;
}
