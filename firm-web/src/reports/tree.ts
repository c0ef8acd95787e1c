/** What a row of the trial balance needs to be folded. */
interface Folding {
  code: string;
  level: number;
  isLeaf: boolean;
}

/** Codes that the address names, joined by points. */
export function codesOf(text: string | undefined): ReadonlySet<string> {
  return new Set(text ? text.split(".") : []);
}

export function textOfCodes(codes: ReadonlySet<string>): string | undefined {
  return codes.size > 0 ? [...codes].sort().join(".") : undefined;
}

/** Whether the heading right above a row is unfolded, through all headings up to the shown level. */
export function shownRows<Row extends Folding>(rows: readonly Row[], depth: number, open: ReadonlySet<string>): readonly Row[] {
  const trail: Row[] = [];
  return rows.filter((row) => {
    while (trail.length > 0 && !row.code.startsWith(trail.at(-1)?.code ?? "")) trail.pop();
    const parent = trail.at(-1);
    const shown = row.level <= depth || (parent !== undefined && open.has(parent.code) && isShown(parent));
    trail.push(row);
    return shown;
  });

  function isShown(parent: Row): boolean {
    if (parent.level <= depth) return true;
    const above = trail[trail.indexOf(parent) - 1];
    return above !== undefined && open.has(above.code) && isShown(above);
  }
}

/** A heading whose rows below are not all shown by the level alone. */
export function isFoldable({ isLeaf, level }: Folding, depth: number): boolean {
  return !isLeaf && level >= depth;
}
