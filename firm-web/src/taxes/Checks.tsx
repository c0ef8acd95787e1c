import { useFormats } from "@atrio/kit/format";
import { Status } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import type { TaxDraftPageQuery } from "../gql/operations";
import styles from "./Taxes.module.css";

type Figures = NonNullable<TaxDraftPageQuery["taxDraft"]>["figures"];

interface ChecksProps {
  checks: Figures["checks"];
  differences: Figures["differences"];
}

/** Two numbers that have to agree, side by side; and what changed since the return was prepared. */
export function Checks({ checks, differences }: ChecksProps) {
  const i18n = useWords();
  const f = useFormats();
  if (checks.length === 0 && differences.length === 0) return null;
  return (
    <section aria-label={i18n.t("Checks")} className={styles.checks}>
      {differences.length > 0 && (
        <div role="alert">
          <strong>{i18n.t("The books changed after this return was prepared.")}</strong>
          <ul>
            {differences.map(({ number, kept, now }) => (
              <li key={number}>
                {i18n.t("Box {number}: prepared {kept}, now {now}", { number, kept: f.money(kept), now: f.money(now) })}
              </li>
            ))}
          </ul>
        </div>
      )}
      <ul>
        {checks.map(({ code, text, ours, theirs, holds }) => (
          <li key={code}>
            <span className={styles.checkWord}>
              <Status tone={code === "PERIOD_BEFORE" ? "wait" : holds ? "good" : "bad"}>
                {code === "PERIOD_BEFORE" ? i18n.t("Note") : holds ? i18n.t("Agrees") : i18n.t("Differs")}
              </Status>
            </span>
            <span>{text}</span>
            {code !== "PERIOD_BEFORE" && (
              <span className="tabular">
                {holds ? f.money(ours) : i18n.t("{ours} against {theirs}", { ours: f.money(ours), theirs: f.money(theirs) })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
