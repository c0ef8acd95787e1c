import { useFormats } from "@atrio/kit/format";
import { useKeys } from "@atrio/kit/keys";
import { Button, Checkbox, Field, Select } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import type { ReactNode } from "react";
import { PeriodFields } from "../app/list/PeriodFields";
import { Filters } from "../app/Screen";
import { allSpans, neighbour, type Span, spanOf } from "./periods";
import type { PeriodSearch } from "./search";

interface PeriodChoiceProps {
  years: readonly { year: number; startsOn: string; endsOn: string }[];
  /** The days that the report answered for, and those asked for until it has. */
  from: string | undefined;
  to: string | undefined;
  search: PeriodSearch;
  onChange: (part: PeriodSearch) => void;
  /** Whether the report can show the entries at the turn of a year. */
  closings?: boolean;
  children?: ReactNode;
}

/** Year, quarter, month or free days, all of it in the address; [ and ] walk to the period before and after. */
export function PeriodChoice({ years, from, to, search, onChange, closings, children }: PeriodChoiceProps) {
  const i18n = useWords();
  const name = useSpanName();
  const span = from && to ? spanOf(years, from, to) : undefined;
  const choose = (chosen: Span | undefined) => chosen && onChange({ from: chosen.from, to: chosen.to });
  const previous = span && neighbour(years, span, -1);
  const next = span && neighbour(years, span, 1);
  const group = i18n.t("Period");
  useKeys([
    { keys: "[", label: i18n.t("Period before"), group, run: () => choose(previous) },
    { keys: "]", label: i18n.t("Period after"), group, run: () => choose(next) },
  ]);
  return (
    <div data-noprint>
      <Filters>
        <Button kind="bare" icon="left" iconOnly disabled={!previous} onClick={() => choose(previous)}>
          {i18n.t("Period before")}
        </Button>
        <Field label={i18n.t("Period")} labelUnseen>
          {(ids) => (
            <Select
              {...ids}
              value={span ? keyOf(span) : ""}
              onChange={({ target }) => choose(allSpans(years).find((one) => keyOf(one) === target.value))}
            >
              {!span && <option value="">{i18n.t("Own days")}</option>}
              {years.map((year) => (
                <optgroup key={year.year} label={String(year.year)}>
                  {allSpans([year]).map((one) => (
                    <option key={keyOf(one)} value={keyOf(one)}>
                      {name(one)}
                    </option>
                  ))}
                </optgroup>
              ))}
            </Select>
          )}
        </Field>
        <Button kind="bare" icon="right" iconOnly disabled={!next} onClick={() => choose(next)}>
          {i18n.t("Period after")}
        </Button>
        <PeriodFields from={from} to={to} onChange={(part) => onChange({ from, to, ...part })} />
        {closings && (
          <Checkbox
            label={i18n.t("With closing entries")}
            checked={search.closings ?? false}
            onChange={({ target }) => onChange({ closings: target.checked || undefined })}
          />
        )}
        {children}
      </Filters>
    </div>
  );
}

const keyOf = ({ kind, year, place }: Span) => `${kind}.${year}.${place}`;

/** What a span is called: the year, its quarter, or the month's own name. */
export function useSpanName(): (span: Span) => string {
  const i18n = useWords();
  const f = useFormats();
  return ({ kind, year, place, from }) => {
    if (kind === "year") return i18n.t("Year {year}", { year: String(year) });
    if (kind === "quarter") return i18n.t("Quarter {place} of {year}", { place: String(place), year: String(year) });
    return `${f.month(Number(from.slice(5, 7)), "long")} ${from.slice(0, 4)}`;
  };
}
