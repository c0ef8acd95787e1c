import { Button } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import styles from "./List.module.css";

export interface Chip {
  /** The address parameter it stands for. */
  id: string;
  /** What it narrows the list to: "State: Draft". */
  label: string;
}

interface FilterChipsProps {
  chips: readonly Chip[];
  /** Takes these parameters out of the address. */
  onRemove: (ids: readonly string[]) => void;
}

/** What narrows the list, each with its way out; nothing while nothing does. */
export function FilterChips({ chips, onRemove }: FilterChipsProps) {
  const i18n = useWords();
  if (chips.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label={i18n.t("Filters in use")}>
      {chips.map(({ id, label }) => (
        <li key={id}>
          <Button className={styles.chip} icon="close" title={i18n.t("Remove this filter")} onClick={() => onRemove([id])}>
            {label}
          </Button>
        </li>
      ))}
      <li>
        <Button kind="bare" onClick={() => onRemove(chips.map(({ id }) => id))}>
          {i18n.t("Clear all filters")}
        </Button>
      </li>
    </ul>
  );
}

/** The address without some of its parameters: `navigate({ search: (now) => without(now, ids) })`. */
export function without<Search extends object>(search: Search, ids: readonly string[]): Search {
  return Object.fromEntries(Object.entries(search).filter(([id]) => !ids.includes(id))) as Search;
}
