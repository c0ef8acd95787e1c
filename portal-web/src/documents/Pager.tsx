import { useFormats } from "@atrio/kit/format";
import { Button } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useEffect } from "react";
import styles from "./Documents.module.css";
import { span, Trail } from "./pages";
import { type DocumentsSearch, variablesOf } from "./search";

const trail = new Trail();

interface PagerProps {
  search: DocumentsSearch;
  rowsPerPage: number;
  /** Rows of this page. */
  rows: number;
  total: number | undefined;
  /** Cursor of the next page, if there is one. */
  next: string | undefined;
  onGo: (place: Pick<DocumentsSearch, "after" | "page">) => void;
}

/** Which rows stand here, and the way to those before and after. */
export function Pager({ search, rowsPerPage, rows, total, next, onGo }: PagerProps) {
  const i18n = useWords();
  const f = useFormats();
  const { after, page = 1 } = search;
  const list = JSON.stringify({ ...variablesOf(search, rowsPerPage), after: undefined });
  useEffect(() => {
    if (after) trail.note(list, page, after);
  }, [list, page, after]);
  const { from, to } = span(page, rowsPerPage, rows);
  const numbers = { from: f.count(from), to: f.count(to), total: f.count(total ?? to) };
  if (page === 1 && !next) return null;
  return (
    <nav className={styles.pager} aria-label={i18n.t("Pages")}>
      <span className="tabular" role="status">
        {i18n.t("{from} to {to} of {total}", numbers)}
      </span>
      {page > 1 && <Button onClick={() => onGo(trail.before(list, page))}>{i18n.t("Previous")}</Button>}
      {next && <Button onClick={() => onGo({ after: next, page: page + 1 })}>{i18n.t("Next")}</Button>}
    </nav>
  );
}
