import { type KeyboardEvent, memo } from "react";
import { useWords } from "../words/WordsProvider";
import type { Column } from "./Table";
import styles from "./Table.module.css";

interface RowProps {
  id: string;
  row: unknown;
  index: number;
  columns: readonly Column<unknown>[];
  active: boolean;
  /** Undefined where no row can be selected, null where this one cannot. */
  selected: boolean | null | undefined;
  state: string | undefined;
  onPoint: (id: string) => void;
  /** `range` with Shift: every row from the last tick on. */
  onToggle: (id: string, range: boolean) => void;
  onOpen: (row: unknown) => void;
}

/** Memoised on identity: walking 5,000 rows draws two of them anew, not the window. */
export const TableRow = memo(function TableRow(props: RowProps) {
  const { id, row, index, columns, active, selected, state, onPoint, onToggle, onOpen } = props;
  const i18n = useWords();
  const onKeyDown = (event: KeyboardEvent) => {
    // Who types fast has moved on before the focus came along: then the key is for the line in hand.
    if (event.key !== "Enter" || event.target !== event.currentTarget || !active) return;
    event.preventDefault();
    onOpen(row);
  };
  return (
    <tr
      className={styles.row}
      data-index={index}
      data-state={state}
      data-selected={selected || undefined}
      aria-rowindex={index + 2}
      aria-current={active || undefined}
      tabIndex={active ? 0 : -1}
      // A link in the row has led away already; to take the line in hand now would lead back.
      onClick={(event) => !event.defaultPrevented && onPoint(id)}
      onDoubleClick={() => onOpen(row)}
      onKeyDown={onKeyDown}
    >
      {selected !== undefined && (
        <td className={styles.tick}>
          {selected !== null && (
            <input
              type="checkbox"
              aria-label={i18n.t("Select row {number}", { number: index + 1 })}
              checked={selected}
              onChange={(event) => onToggle(id, (event.nativeEvent as MouseEvent).shiftKey)}
            />
          )}
        </td>
      )}
      {columns.map((column) => (
        <td key={column.id} className={column.align === "end" ? styles.end : undefined}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
});
