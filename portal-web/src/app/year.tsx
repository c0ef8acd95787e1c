import { localDate } from "@atrio/kit/format";
import { Field, Select } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";

const YEARS_BACK = 4;

/** Which calendar year a screen tells of; the running one when absent. */
export interface YearSearch {
  year?: number;
}

export function yearSearch(search: Record<string, unknown>): YearSearch {
  return Number.isInteger(search.year) ? { year: search.year as number } : {};
}

/** By the contact's own calendar. */
export function thisYear(): number {
  return Number(localDate().slice(0, 4));
}

/** This year and the four before it. */
export function YearChoice({ year, onChange }: { year: number; onChange: (year: number) => void }) {
  const i18n = useWords();
  const years = Array.from({ length: YEARS_BACK + 1 }, (_, back) => thisYear() - back);
  return (
    <Field label={i18n.t("Year")} labelUnseen>
      {(ids) => (
        <Select {...ids} value={year} onChange={({ target }) => onChange(Number(target.value))}>
          {years.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </Select>
      )}
    </Field>
  );
}
