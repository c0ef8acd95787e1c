import { useFormats } from "@atrio/kit/format";
import { Tabs } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type Chip, FilterChips, without } from "../app/list/FilterChips";
import { PeriodFields } from "../app/list/PeriodFields";
import { SavedViews } from "../app/list/SavedViews";
import { Filters } from "../app/Screen";
import type { EntryState } from "../gql/operations";
import { type JournalSearch, STATES } from "./search";
import { useJournalWords } from "./words";

interface FiltersProps {
  search: JournalSearch;
  onChange: (part: Partial<JournalSearch>) => void;
  /** Another address for the same list. */
  onGo: (search: JournalSearch) => void;
}

/** State and period: the address as controls, what of it is in use, and a person's own names for it. */
export function JournalFilters({ search, onChange, onGo }: FiltersProps) {
  const i18n = useWords();
  const { states } = useJournalWords();
  const chips = useChips(search);
  return (
    <>
      <Filters>
        <Tabs
          label={i18n.t("Entries by state")}
          controls="entries"
          value={search.state ?? "ALL"}
          onChange={(id) => onChange({ state: id === "ALL" ? undefined : (id as EntryState) })}
          tabs={[{ id: "ALL", label: i18n.t("All") }, ...STATES.map((id) => ({ id, label: states[id].word }))]}
        />
        <PeriodFields from={search.from} to={search.to} onChange={onChange} />
        <SavedViews listName="journal" search={search} onChoose={onGo} />
      </Filters>
      <FilterChips chips={chips} onRemove={(ids) => onGo(without(search, ids))} />
    </>
  );
}

function useChips({ state, from, to, q }: JournalSearch): readonly Chip[] {
  const i18n = useWords();
  const f = useFormats();
  const { states } = useJournalWords();
  const named: [keyof JournalSearch, string | undefined | false][] = [
    ["state", state && i18n.t("State: {state}", { state: states[state].word })],
    ["from", from && i18n.t("From {day}", { day: f.date(from) })],
    ["to", to && i18n.t("To {day}", { day: f.date(to) })],
    ["q", q && i18n.t("Search: {text}", { text: q })],
  ];
  return named.flatMap(([id, label]) => (label ? [{ id, label }] : []));
}
