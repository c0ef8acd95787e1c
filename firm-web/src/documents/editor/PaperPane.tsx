import { useWords } from "@atrio/kit/words";
import styles from "./Editor.module.css";

interface Paper {
  filename: string;
  mediaType: string;
  url?: string | null;
}

/** Whether a browser shows it by itself. */
export function isShown(mediaType: string): boolean {
  return mediaType === "application/pdf" || /^image\/(png|jpeg|webp|gif)$/.test(mediaType);
}

/** The paper that the document was made from, beside the form; on a phone below it. */
export function PaperPane({ paper: { filename, mediaType, url } }: { paper: Paper }) {
  const i18n = useWords();
  if (!url) return null;
  const name = i18n.t("Paper: {name}", { name: filename });
  return (
    <section className={styles.paper} aria-label={name}>
      <a href={url} target="_blank" rel="noreferrer">
        {filename}
      </a>
      {mediaType.startsWith("image/") ? <img src={url} alt={name} /> : <iframe src={url} title={name} />}
    </section>
  );
}
