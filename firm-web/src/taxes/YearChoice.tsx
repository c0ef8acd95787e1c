import { Select } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";

interface YearChoiceProps {
  year: number;
  onChange: (year: number) => void;
}

const AROUND = 5;

/** The calendar year of a list. */
export function YearChoice({ year, onChange }: YearChoiceProps) {
  const i18n = useWords();
  const now = new Date().getFullYear();
  const years = Array.from({ length: AROUND + 2 }, (_, back) => now + 1 - back);
  const offered = years.includes(year) ? years : [year, ...years];
  return (
    <Select aria-label={i18n.t("Year")} value={year} onChange={(event) => onChange(Number(event.target.value))}>
      {offered.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </Select>
  );
}
