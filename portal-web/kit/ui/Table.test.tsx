import { fireEvent, render, screen, within } from "@testing-library/react";
import { type MouseEvent, type ReactNode, useState } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { listenToKeys } from "../keys/registry";
import { WordsProvider } from "../words/WordsProvider";
import { type Column, Table, type TableProps } from "./Table";

interface Line {
  id: string;
  text: string;
  amount: string;
}

const LINES: Line[] = ["a", "b", "c"].map((id) => ({ id, text: `line ${id}`, amount: "1.00" }));
const COLUMNS: Column<Line>[] = [
  { id: "text", header: "Text", cell: ({ text }) => text, sort: { asc: "TEXT_ASC", desc: "TEXT_DESC" } },
  { id: "amount", header: "Amount", align: "end", cell: ({ amount }) => amount },
];

function show(props: Partial<TableProps<Line>> = {}) {
  const all = { label: "Lines", columns: COLUMNS, rows: LINES, rowId: ({ id }: Line) => id, ...props };
  return render(<Table {...all} />, {
    wrapper: ({ children }: { children: ReactNode }) => <WordsProvider>{children}</WordsProvider>,
  });
}

function Selecting(props: Partial<TableProps<Line>>) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  return (
    <WordsProvider>
      <Table
        label="Lines"
        columns={COLUMNS}
        rows={LINES}
        rowId={({ id }) => id}
        selected={selected}
        onSelected={setSelected}
        bar={<span>{[...selected].sort().join("")}</span>}
        {...props}
      />
    </WordsProvider>
  );
}

const press = (key: string, options = {}) => fireEvent.keyDown(document.body, { key, ...options });
const inHand = () => document.querySelector("tr[aria-current]")?.textContent;

beforeEach(() => listenToKeys());

describe("Table", () => {
  it("has a name, heads and all rows of a short list", () => {
    show({ total: 340 });
    const table = screen.getByRole("table", { name: "Lines" });
    expect(table.getAttribute("aria-rowcount")).toBe("341");
    expect(within(table).getAllByRole("row")).toHaveLength(4);
  });

  it("says how it is sorted and asks for the other direction", () => {
    const onOrder = vi.fn();
    show({ order: "TEXT_ASC", onOrder });
    expect(screen.getByRole("columnheader", { name: "Text" }).getAttribute("aria-sort")).toBe("ascending");
    fireEvent.click(screen.getByRole("button", { name: "Text" }));
    expect(onOrder).toHaveBeenCalledWith("TEXT_DESC");
  });

  it("walks with j, k and arrows and stops at both ends", () => {
    show();
    press("j");
    expect(inHand()).toContain("line a");
    press("ArrowDown");
    press("j");
    press("j");
    expect(inHand()).toContain("line c");
    press("k");
    expect(inHand()).toContain("line b");
  });

  it("opens the line in hand with Enter", () => {
    const onOpen = vi.fn();
    show({ onOpen });
    press("j");
    press("Enter");
    expect(onOpen).toHaveBeenCalledWith(LINES[0]);
  });

  it("takes the line in hand that is pointed at, unless a link in it leads away", () => {
    const follow = (event: MouseEvent) => event.preventDefault();
    const cell = ({ text }: Line) => (
      <a href="/behind" onClick={follow}>
        {text}
      </a>
    );
    const onCursor = vi.fn();
    show({ columns: [{ id: "text", header: "Text", cell }, COLUMNS[1] as Column<Line>], onCursor });

    fireEvent.click(screen.getByText("line b"));
    expect(onCursor).not.toHaveBeenCalled();
    fireEvent.click(screen.getAllByText("1.00")[1] as HTMLElement);
    expect(onCursor).toHaveBeenLastCalledWith("b");
  });

  it("selects with x, extends with Shift+j and clears with Escape", () => {
    render(<Selecting />);
    press("j");
    press("x");
    expect(screen.getByText("a")).toBeDefined();
    press("J", { shiftKey: true });
    press("J", { shiftKey: true });
    press("x");
    expect(screen.getByText("abc")).toBeDefined();
    press("Escape");
    expect(screen.queryByText("abc")).toBeNull();
  });

  it("selects all loaded rows with the box in the head", () => {
    render(<Selecting />);
    fireEvent.click(screen.getByRole("checkbox", { name: "Select all loaded rows" }));
    expect(screen.getByText("abc")).toBeDefined();
  });

  it("says in the head that some rows are selected, and takes all or none", () => {
    render(<Selecting />);
    const head = screen.getByRole<HTMLInputElement>("checkbox", { name: "Select all loaded rows" });
    fireEvent.click(screen.getByRole("checkbox", { name: "Select row 2" }));
    expect([head.indeterminate, head.checked]).toEqual([true, false]);
    fireEvent.click(head);
    expect([head.indeterminate, head.checked]).toEqual([false, true]);
    fireEvent.click(head);
    expect([head.indeterminate, head.checked]).toEqual([false, false]);
  });

  it("ticks with Shift every row from the last tick on, and takes them back the same way", () => {
    render(<Selecting />);
    fireEvent.click(screen.getByRole("checkbox", { name: "Select row 3" }));
    fireEvent.click(screen.getByRole("checkbox", { name: "Select row 1" }), { shiftKey: true });
    expect(screen.getByText("abc")).toBeDefined();
    fireEvent.click(screen.getByRole("checkbox", { name: "Select row 2" }), { shiftKey: true });
    expect(screen.getByText("c")).toBeDefined();
  });

  it("keeps most of a long list out of the page", () => {
    const rows = Array.from({ length: 5000 }, (_, at) => ({ id: String(at), text: `line ${at}`, amount: "1.00" }));
    show({ rows });
    expect(document.querySelectorAll("*").length).toBeLessThan(1500);
  });

  it("leaves the keys alone where another list holds them", () => {
    show({ keys: false });
    press("j");
    expect(inHand()).toBeUndefined();
  });

  it("shows what to do when there is nothing", () => {
    show({ rows: [], empty: <p>Nothing here yet.</p> });
    expect(screen.getByText("Nothing here yet.")).toBeDefined();
  });
});
