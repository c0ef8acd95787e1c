import { useFormats } from "@atrio/kit/format";
import { Status } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { rowPlace } from "../app/places";
import screen from "../app/Screen.module.css";
import { EntryLines } from "./EntryLines";
import styles from "./Journal.module.css";
import type { Entry } from "./rows";
import { useJournalWords } from "./words";

/** An entry on a phone; its lines unfold in place. */
export function EntryCard({ clientId, entry }: { clientId: string; entry: Entry }) {
  const i18n = useWords();
  const f = useFormats();
  const { states } = useJournalWords();
  const { word, tone } = states[entry.state];
  return (
    <div className={screen.card}>
      <span className={styles.cardHead}>
        <span className="tabular">{[f.date(entry.entryOn), entry.number].filter(Boolean).join(" · ")}</span>
        <strong className="tabular">{f.money(entry.total)}</strong>
      </span>
      <Link {...rowPlace.entry(clientId, entry.id)}>{entry.text}</Link>
      <Status tone={tone}>{word}</Status>
      <details>
        <summary className={styles.summary}>{i18n.t("Lines")}</summary>
        <EntryLines clientId={clientId} lines={entry.lines ?? []} />
      </details>
    </div>
  );
}
