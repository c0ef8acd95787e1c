import { Button } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import styles from "./DownloadProgress.module.css";
import type { Downloads } from "./useDownloads";

/** How far the download is, and the way to stop it. */
export function DownloadProgress({ downloads: { progress, cancel } }: { downloads: Downloads }) {
  const i18n = useWords();
  if (!progress) return null;
  const { at, of, part } = progress;
  const label = of === 1 ? i18n.t("Downloading") : i18n.t("Downloading {at} of {of}", { at, of });
  return (
    <span className={styles.progress} data-noprint>
      <span role="status">{label}</span>
      <progress aria-label={label} max={1} value={part} />
      <Button kind="bare" icon="close" onClick={cancel}>
        {i18n.t("Cancel")}
      </Button>
    </span>
  );
}
