import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { useWords } from "../words/WordsProvider";
import { Icon } from "./Icon";
import styles from "./Table.module.css";
import { TableRow } from "./TableRow";
import { useMedia } from "./useMedia";
import { useRowCursor } from "./useRowCursor";

export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Amounts, counts and dates of one length stand at the end. */
  align?: "end";
  /** Width in px, or a share of the table; one column without it takes the rest. */
  width?: string;
  /** Values of the list's `orderBy` for both directions. */
  sort?: { asc: string; desc: string };
}

export interface TableProps<Row> {
  /** Says what the table lists, for screen readers. */
  label: string;
  /** Keep the array and its members the same between renders (`useMemo`): rows are compared by identity. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Rows of the whole list, if more than are loaded. */
  total?: number;
  order?: string;
  onOrder?: (order: string) => void;
  /** Enter and double click. */
  onOpen?: (row: Row) => void;
  selected?: ReadonlySet<string>;
  onSelected?: (ids: ReadonlySet<string>) => void;
  /** Rows that carry no tick, such as the unfolded parts of another row. */
  selectable?: (row: Row) => boolean;
  /** What can be done with the selection; stands at the bottom while there is one. */
  bar?: ReactNode;
  /** Id of the line in hand; leave out to let the table keep it. */
  cursor?: string;
  onCursor?: (id: string) => void;
  /** More rows are wanted; called near the end of what is loaded. */
  onMore?: () => void;
  /** One row as a card on screens under 720 px, instead of the table. */
  card?: (row: Row) => ReactNode;
  /** Instead of rows, when there are none. */
  empty?: ReactNode;
  /** Quiet marks per row: `data-state` for the screen's own style. */
  rowState?: (row: Row) => string | undefined;
  /** False where another list of the same screen holds the keys. */
  keys?: boolean;
}

/** Up to this many rows all stand in the page, where the browser's own find and print see them. */
const PLAIN_MAX = 60;
const OVERSCAN = 10;
/** Cards enter the page in steps, as their end comes into sight. */
const CARDS_STEP = 30;
const MORE_BEFORE_END = 40;
const TICK_WIDTH = 36;
/** What a column whose width follows the table's keeps: room for a name. */
const NAME_WIDTH = 170;

/**
 * The one list of both apps: windowed, sortable, selectable, walked with j, k and arrows. The frame
 * scrolls, the head stays. Give it a parent with a height.
 */
export function Table<Row>(props: TableProps<Row>) {
  const { columns, rows, rowId, label, order, selected, onSelected, onMore, card, empty } = props;
  const frame = useRef<HTMLDivElement>(null);
  const narrow = useMedia("(max-width: 719px)");
  const rowHeight = useRowHeight(frame);
  // Paper has no window: every row that is loaded is printed, as a table whatever the width of the sheet.
  const printing = useMedia("print");
  const windowed = rows.length > PLAIN_MAX && !printing;
  const virtual = useVirtualizer({
    count: rows.length,
    enabled: windowed,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    scrollPaddingStart: rowHeight,
  });
  useEffect(() => {
    if (windowed && rowHeight > 0) virtual.measure();
  }, [virtual, windowed, rowHeight]);
  const { cursor, setCursor } = useRowCursor(props, frame, (index) => {
    if (windowed) virtual.scrollToIndex(index);
  });
  const latest = useRef(props);
  latest.current = props;
  const onPoint = useCallback((id: string) => setCursor(id), [setCursor]);
  const onToggle = useToggle(latest);
  const onOpen = useCallback((row: Row) => latest.current.onOpen?.(row), []);

  const items = windowed ? virtual.getVirtualItems() : undefined;
  const from = items ? (items[0]?.index ?? 0) : 0;
  const to = items ? (items.at(-1)?.index ?? -1) + 1 : rows.length;
  useEffect(() => {
    if (to > 0 && to >= rows.length - MORE_BEFORE_END) onMore?.();
  }, [to, rows.length, onMore]);

  if (rows.length === 0 && empty) return <div className={styles.frame}>{empty}</div>;
  const bar = props.bar && selected && selected.size > 0 && <div className={styles.bar}>{props.bar}</div>;
  if (card && narrow && !printing) return <Cards {...props} card={card} shownBar={bar} onToggle={onToggle} />;
  const columnCount = columns.length + (onSelected ? 1 : 0);
  return (
    <div className={styles.shell}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard. */}
      <section ref={frame} className={styles.frame} tabIndex={0} aria-label={label}>
        <table
          className={styles.table}
          aria-rowcount={(props.total ?? rows.length) + 1}
          style={{ minWidth: leastWidth(columns) }}
        >
          <caption className="unseen">{label}</caption>
          <colgroup>
            {onSelected && <col style={{ width: TICK_WIDTH }} />}
            {columns.map(({ id, width }) => (
              <col key={id} style={{ width }} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              {onSelected && <SelectAll {...props} onSelected={onSelected} />}
              {columns.map((column) => (
                <HeadCell key={column.id} column={column} order={order} onOrder={props.onOrder} />
              ))}
            </tr>
          </thead>
          <tbody>
            <Spacer height={items?.[0]?.start ?? 0} columns={columnCount} />
            {rows.slice(from, to).map((row, offset) => {
              const id = rowId(row);
              return (
                <TableRow
                  key={id}
                  id={id}
                  row={row as unknown}
                  index={from + offset}
                  columns={columns as readonly Column<unknown>[]}
                  active={cursor === id}
                  selected={onSelected ? tickOf(props, row, id) : undefined}
                  state={props.rowState?.(row)}
                  onPoint={onPoint}
                  onToggle={onToggle}
                  onOpen={onOpen as (row: unknown) => void}
                />
              );
            })}
            <Spacer height={items ? virtual.getTotalSize() - (items.at(-1)?.end ?? 0) : 0} columns={columnCount} />
          </tbody>
        </table>
      </section>
      {bar}
    </div>
  );
}

/** Narrower than this the table scrolls sideways in its own frame, so that no column is squeezed away. */
function leastWidth<Row>(columns: readonly Column<Row>[]): number {
  const widths = columns.map(({ width }) => (width?.endsWith("px") ? Number.parseInt(width, 10) : NAME_WIDTH));
  return widths.reduce((sum, width) => sum + width, TICK_WIDTH);
}

function tickOf<Row>({ selected, selectable }: TableProps<Row>, row: Row, id: string): boolean | null {
  return selectable?.(row) === false ? null : (selected?.has(id) ?? false);
}

/**
 * One tick more or less; with Shift all rows between the last tick and this one follow it. The rows
 * between are those loaded now, in the order they stand in.
 */
function useToggle<Row>(latest: RefObject<TableProps<Row>>) {
  const last = useRef<string>(undefined);
  return useCallback(
    (id: string, range: boolean) => {
      const { rows, rowId, selected, selectable, onSelected } = latest.current;
      const from = range ? rows.findIndex((row) => rowId(row) === last.current) : -1;
      const to = rows.findIndex((row) => rowId(row) === id);
      last.current = id;
      if (from < 0 || to < 0) return onSelected?.(toggled(selected, id));
      const on = !selected?.has(id);
      const next = new Set(selected);
      for (const row of rows.slice(Math.min(from, to), Math.max(from, to) + 1)) {
        if (selectable?.(row) === false) continue;
        if (on) next.add(rowId(row));
        else next.delete(rowId(row));
      }
      return onSelected?.(next);
    },
    [latest],
  );
}

/** The set with one member more or less. */
export function toggled(set: ReadonlySet<string> | undefined, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

interface CardsProps<Row> extends TableProps<Row> {
  card: (row: Row) => ReactNode;
  shownBar: ReactNode;
  onToggle: (id: string, range: boolean) => void;
}

function Cards<Row>(props: CardsProps<Row>) {
  const { rows, rowId, card, label, onMore, onSelected, shownBar, onToggle } = props;
  const i18n = useWords();
  const end = useRef<HTMLLIElement>(null);
  const [shown, setShown] = useState(CARDS_STEP);
  useEffect(() => {
    if (!end.current) return undefined;
    const watch = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      if (shown < rows.length) setShown(shown + CARDS_STEP);
      else onMore?.();
    });
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [onMore, shown, rows.length]);
  return (
    <div>
      <ul className={styles.cards} aria-label={label}>
        {rows.slice(0, shown).map((row, index) => {
          const id = rowId(row);
          const ticked = onSelected ? tickOf(props, row, id) : null;
          return (
            <li key={id} className={ticked === null ? styles.card : `${styles.card} ${styles.choosable}`}>
              {ticked !== null && (
                <label className={styles.cardTick}>
                  <input
                    type="checkbox"
                    aria-label={i18n.t("Select row {number}", { number: index + 1 })}
                    checked={ticked}
                    onChange={() => onToggle(id, false)}
                  />
                </label>
              )}
              {card(row)}
            </li>
          );
        })}
        <li ref={end} aria-hidden="true" />
      </ul>
      {shownBar && <div className={styles.cardsBar}>{shownBar}</div>}
    </div>
  );
}

/** All, some or none of what is loaded; a press on some takes all. */
function SelectAll<Row>({
  rows,
  rowId,
  selectable,
  selected,
  onSelected,
}: TableProps<Row> & Required<Pick<TableProps<Row>, "onSelected">>) {
  const i18n = useWords();
  const ids = rows.filter((row) => selectable?.(row) !== false).map(rowId);
  const count = ids.filter((id) => selected?.has(id)).length;
  const all = ids.length > 0 && count === ids.length;
  return (
    <th scope="col" className={styles.tick}>
      <input
        ref={(box) => {
          if (box) box.indeterminate = count > 0 && !all;
        }}
        type="checkbox"
        aria-label={i18n.t("Select all loaded rows")}
        checked={all}
        onChange={() => onSelected(all ? new Set() : new Set(ids))}
      />
    </th>
  );
}

interface HeadCellProps<Row> {
  column: Column<Row>;
  order?: string;
  onOrder?: (order: string) => void;
}

function HeadCell<Row>({ column: { header, align, sort }, order, onOrder }: HeadCellProps<Row>) {
  const direction = sort && order === sort.asc ? "ascending" : sort && order === sort.desc ? "descending" : undefined;
  return (
    <th scope="col" className={align === "end" ? styles.end : undefined} aria-sort={direction}>
      {sort && onOrder ? (
        <button type="button" className={styles.sort} onClick={() => onOrder(direction === "ascending" ? sort.desc : sort.asc)}>
          {header}
          {direction && <Icon name={direction === "ascending" ? "up" : "down"} size={12} />}
        </button>
      ) : (
        header
      )}
    </th>
  );
}

/** Keeps the room of rows that are not in the page. */
function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a table row takes no focus.
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

/** The row height of the present density, from the token. */
function useRowHeight(frame: { current: HTMLElement | null }): number {
  const [height, setHeight] = useState(32);
  useEffect(() => {
    const read = () => {
      const text = getComputedStyle(frame.current ?? document.documentElement).getPropertyValue("--row");
      setHeight(Number.parseInt(text, 10) || 32);
    };
    read();
    const watch = new MutationObserver(read);
    watch.observe(document.documentElement, { attributeFilter: ["data-density"] });
    return () => watch.disconnect();
  }, [frame]);
  return height;
}
