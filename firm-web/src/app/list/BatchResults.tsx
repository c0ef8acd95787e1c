import { Button, Dialog, Status } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import type { BatchResult } from "./batch";
import styles from "./List.module.css";

/** One line per row of a batch that was not all yes. */
export function BatchResults({ results, onClose }: { results: readonly BatchResult[]; onClose: () => void }) {
  const i18n = useWords();
  const refused = results.filter((one) => one.refused !== undefined).length;
  const done = results.length - refused;
  return (
    <Dialog
      open
      onClose={onClose}
      title={i18n.t("{done} done, {refused} not", { done, refused })}
      actions={
        <Button kind="primary" data-autofocus onClick={onClose}>
          {i18n.t("Close")}
        </Button>
      }
    >
      <ul className={styles.results}>
        {results.map((one) => (
          <li key={one.id}>
            <span>{one.label}</span>
            {one.refused === undefined ? (
              <Status tone="good">{i18n.t("Done")}</Status>
            ) : (
              <Status tone="bad">{i18n.t("Not done")}</Status>
            )}
            {one.refused && <p>{one.refused}</p>}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
