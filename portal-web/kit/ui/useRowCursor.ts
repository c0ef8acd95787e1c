import { type RefObject, useCallback, useEffect, useState } from "react";
import { useKeys } from "../keys/useKeys";
import { useWords } from "../words/WordsProvider";
import { type TableProps, toggled } from "./Table";

/** The line in hand: j, k, arrows, Home, End, x, Shift+j, Shift+k, Enter, Escape. */
export function useRowCursor<Row>(props: TableProps<Row>, frame: RefObject<HTMLElement | null>, show: (index: number) => void) {
  const { rows, rowId, cursor: given, onCursor, selected, onSelected, selectable, onOpen, keys = true } = props;
  const i18n = useWords();
  const [own, setOwn] = useState<string>();
  const cursor = given ?? own;
  const setCursor = useCallback(
    (id: string) => {
      setOwn(id);
      onCursor?.(id);
    },
    [onCursor],
  );
  const at = cursor === undefined ? -1 : rows.findIndex((row) => rowId(row) === cursor);
  // The screen moved the line in hand itself, such as to the next open one: the focus goes along.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another line in hand moves anything.
  useEffect(() => {
    const focused = document.activeElement;
    const rowOf = () => frame.current?.querySelector<HTMLElement>(`[data-index="${at}"]`);
    if (given === undefined || at < 0 || rowOf() === focused) return;
    const along = focused instanceof HTMLElement && focused.dataset.index !== undefined && frame.current?.contains(focused);
    show(at);
    requestAnimationFrame(() => (along ? rowOf()?.focus() : rowOf()?.scrollIntoView({ block: "nearest" })));
  }, [given]);
  const go = (index: number) => {
    const to = Math.max(0, Math.min(rows.length - 1, index));
    const row = rows[to];
    if (row === undefined) return;
    setCursor(rowId(row));
    show(to);
    // The row may enter the page only with the next drawing.
    requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus());
  };
  const extend = (step: number) => {
    const row = rows[at];
    if (row === undefined || !onSelected) return go(at + step);
    if (selectable?.(row) !== false) onSelected(new Set([...(selected ?? []), rowId(row)]));
    go(at + step);
  };
  const open = () => {
    const row = rows[at];
    if (row !== undefined) onOpen?.(row);
  };
  const group = i18n.t("List");
  const next = i18n.t("Next line");
  const previous = i18n.t("Previous line");
  const walk = [
    { keys: "j", label: next, group, run: () => go(at + 1) },
    { keys: "k", label: previous, group, run: () => go(at - 1) },
    { keys: "ArrowDown", label: next, group, run: () => go(at + 1) },
    { keys: "ArrowUp", label: previous, group, run: () => go(at - 1) },
    { keys: "Home", label: i18n.t("First line"), group, run: () => go(0) },
    { keys: "End", label: i18n.t("Last line"), group, run: () => go(rows.length - 1) },
  ];
  const select = [
    {
      keys: "x",
      label: i18n.t("Select this line"),
      group,
      run: () => {
        const row = rows[at];
        if (row !== undefined && selectable?.(row) !== false) onSelected?.(toggled(selected, rowId(row)));
      },
    },
    { keys: "Shift+j", label: i18n.t("Select and go down"), group, run: () => extend(1) },
    { keys: "Shift+k", label: i18n.t("Select and go up"), group, run: () => extend(-1) },
    { keys: "Escape", label: i18n.t("Clear the selection"), group, run: () => onSelected?.(new Set()) },
  ];
  const enter = onOpen ? [{ keys: "Enter", label: i18n.t("Open"), group, run: open }] : [];
  useKeys([...walk, ...enter, ...(onSelected ? select : [])], keys);
  return { cursor, setCursor };
}
