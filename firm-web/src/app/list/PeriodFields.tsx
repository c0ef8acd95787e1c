import { DateInput, Field } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import type { KeyboardEvent } from "react";
import styles from "./List.module.css";

interface PeriodFieldsProps {
  from: string | undefined;
  to: string | undefined;
  onChange: (part: { from?: string; to?: string }) => void;
}

/** A date is understood when its field is left. */
function leaveOnEnter(event: KeyboardEvent<HTMLInputElement>) {
  if (event.key === "Enter") event.currentTarget.blur();
}

/** First and last day, both included. */
export function PeriodFields({ from, to, onChange }: PeriodFieldsProps) {
  const i18n = useWords();
  return (
    <div className={styles.period}>
      <Field label={i18n.t("From")} labelUnseen>
        {(ids) => (
          <DateInput
            {...ids}
            key={from ?? ""}
            placeholder={i18n.t("From")}
            onKeyDown={leaveOnEnter}
            value={from ?? null}
            onChange={(day) => (day ?? undefined) !== from && onChange({ from: day ?? undefined })}
          />
        )}
      </Field>
      <Field label={i18n.t("To")} labelUnseen>
        {(ids) => (
          <DateInput
            {...ids}
            key={to ?? ""}
            placeholder={i18n.t("To")}
            onKeyDown={leaveOnEnter}
            value={to ?? null}
            onChange={(day) => (day ?? undefined) !== to && onChange({ to: day ?? undefined })}
          />
        )}
      </Field>
    </div>
  );
}
