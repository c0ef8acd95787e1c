import { useEffect } from "react";
import { useViewer } from "./viewer";

/** Rows of a page that can be chosen; the gateway takes 10 to 200. */
export const ROWS_CHOICES = [10, 25, 50, 100, 200] as const;

const STORED = "atrio.rows";
const USUAL = 25;

/** What this browser used last: loaders start a list before it is known who asks. */
export function rememberedRows(): number {
  const stored = Number(localStorage.getItem(STORED));
  return Number.isInteger(stored) && stored >= 10 && stored <= 200 ? stored : USUAL;
}

/** Rows of a page, as the contact set it in Settings. */
export function useRowsPerList(): number {
  const rows = useViewer()?.rowsPerList;
  useEffect(() => {
    if (rows) localStorage.setItem(STORED, String(rows));
  }, [rows]);
  return rows ?? rememberedRows();
}
