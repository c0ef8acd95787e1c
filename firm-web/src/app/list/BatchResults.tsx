import { Button, Dialog, Status } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import type { ApprovalResult } from "./approval";
import styles from "./Documents.module.css";

/** One line per document of a bulk approval that was not all yes. */
export function ApprovalResults({ results, onClose }: { results: readonly ApprovalResult[]; onClose: () => void }) {
  const i18n = useWords();
  const refused = results.filter((one) => one.refused !== undefined).length;
  const done = results.length - refused;
  return (
    <Dialog
      open
      onClose={onClose}
      title={i18n.t("{done} approved, {refused} not", { done, refused })}
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
              <Status tone="good">{i18n.t("Approved")}</Status>
            ) : (
              <Status tone="bad">{i18n.t("Not approved")}</Status>
            )}
            {one.refused && <p>{one.refused}</p>}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
