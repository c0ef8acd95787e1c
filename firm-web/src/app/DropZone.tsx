import { Button, Icon } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type DragEvent, useRef, useState } from "react";
import styles from "./DropZone.module.css";

interface DropZoneProps {
  /** What may be dropped, in words. */
  children: string;
  /** As the `accept` of a file input; a hint only, the gateway judges the content. */
  accept: string;
  several?: boolean;
  onFiles: (files: readonly File[]) => void;
}

/** Drop files here, or choose them. */
export function DropZone({ children, accept, several = false, onFiles }: DropZoneProps) {
  const i18n = useWords();
  const field = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])];
    if (files.length > 0) onFiles(several ? files : files.slice(0, 1));
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  const onDragOver = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the second way; the button is the keyboard's.
    <div
      className={over ? `${styles.zone} ${styles.over}` : styles.zone}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <Icon name="upload" size={24} />
      <p>{children}</p>
      <Button data-autofocus onClick={() => field.current?.click()}>
        {i18n.t("Choose a file")}
      </Button>
      <input
        ref={field}
        type="file"
        hidden
        accept={accept}
        multiple={several}
        aria-label={i18n.t("File")}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
    </div>
  );
}

/** How much of a file has gone; `part` from 0 to 1. */
export function UploadProgress({ name, part }: { name: string; part: number }) {
  return <progress className={styles.progress} value={part} max={1} aria-label={name} />;
}
