import type { DocumentsSearch } from "./search";

type Place = Pick<DocumentsSearch, "after" | "page">;

/**
 * A cursor knows only the way on. The way back is what was walked: kept per list (filter, order and
 * rows) for as long as the app is open, so that it survives a look into a document.
 */
export class Trail {
  readonly #cursors = new Map<string, Map<number, string>>();

  /** Notes where a page of a list begins. */
  note(list: string, page: number, after: string): void {
    const known = this.#cursors.get(list) ?? new Map<number, string>();
    this.#cursors.set(list, known.set(page, after));
  }

  /** The page before, or the first one where the way back is not known: a copied address begins in the middle. */
  before(list: string, page: number): Place {
    const after = this.#cursors.get(list)?.get(page - 1);
    return after === undefined ? { after: undefined, page: undefined } : { after, page: page - 1 };
  }
}

/** Which rows of the whole list a page shows, counted from one. */
export function span(page: number, rowsPerPage: number, rows: number): { from: number; to: number } {
  const from = (page - 1) * rowsPerPage + 1;
  return { from, to: from + rows - 1 };
}
