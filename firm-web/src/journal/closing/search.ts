/** Which fiscal year the page is about; the oldest open one unless named. */
export interface ClosingSearch {
  year?: number;
}

const FIRST_YEAR = 1900;
const LAST_YEAR = 2999;

export function closingSearch({ year }: Record<string, unknown>): ClosingSearch {
  const read = Number(year);
  return Number.isInteger(read) && read >= FIRST_YEAR && read <= LAST_YEAR ? { year: read } : {};
}
