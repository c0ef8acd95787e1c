import { Button } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import type { ReactNode } from "react";

interface BulkBarProps {
  /** How many rows are ticked. */
  count: number;
  onClear: () => void;
  /** The acts, as buttons; the primary one first. */
  children: ReactNode;
}

/** The `bar` of a table: what can be done with the ticked rows. */
export function BulkBar({ count, onClear, children }: BulkBarProps) {
  const i18n = useWords();
  return (
    <>
      <span role="status">{i18n.t("{count, plural, one {# row selected} other {# rows selected}}", { count })}</span>
      {children}
      <Button kind="bare" hint="Esc" onClick={onClear}>
        {i18n.t("Clear")}
      </Button>
    </>
  );
}
