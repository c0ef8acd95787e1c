import { useKeys } from "@atrio/kit/keys";
import { Button, EmptyState } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useState } from "react";
import styles from "./Inbox.module.css";
import type { ReviewedPaper } from "./Review";

const ZOOM_STEPS = [50, 75, 100, 125, 150, 200, 300] as const;
const FIT = 2;

/** The pages as pictures of the gateway: one at a time, larger and smaller, turned. */
export function PaperView({ file }: { file: ReviewedPaper }) {
  const i18n = useWords();
  const [at, setAt] = useState(0);
  const [zoom, setZoom] = useState(FIT);
  const pages = file.pages ?? [];
  const page = pages[at];
  const go = (index: number) => setAt(Math.max(0, Math.min(pages.length - 1, index)));
  const magnify = (by: number) => setZoom((now) => Math.max(0, Math.min(ZOOM_STEPS.length - 1, now + by)));
  const group = i18n.t("Paper");
  const keys = [
    { keys: "PageDown", label: i18n.t("Next page"), group, run: () => go(at + 1) },
    { keys: "PageUp", label: i18n.t("Previous page"), group, run: () => go(at - 1) },
    { keys: "+", label: i18n.t("Larger"), group, run: () => magnify(1) },
    { keys: "-", label: i18n.t("Smaller"), group, run: () => magnify(-1) },
  ];
  useKeys(keys);
  return (
    <section className={styles.paper} aria-label={i18n.t("Paper")}>
      <div className={styles.paperBar}>
        {pages.length > 1 && (
          <>
            <Button kind="bare" icon="left" iconOnly onClick={() => go(at - 1)}>
              {i18n.t("Previous page")}
            </Button>
            <span className="tabular">{i18n.t("Page {at} of {count}", { at: at + 1, count: pages.length })}</span>
            <Button kind="bare" icon="right" iconOnly onClick={() => go(at + 1)}>
              {i18n.t("Next page")}
            </Button>
          </>
        )}
        <Button kind="bare" hint="-" onClick={() => magnify(-1)}>
          {i18n.t("Smaller")}
        </Button>
        <Button kind="bare" hint="+" onClick={() => magnify(1)}>
          {i18n.t("Larger")}
        </Button>
        {file.url && (
          <a href={file.url} target="_blank" rel="noreferrer">
            {i18n.t("Open the file")}
          </a>
        )}
      </div>
      {page ? (
        <section
          className={styles.page}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard.
          tabIndex={0}
          aria-label={i18n.t("Page {at} of {count}", { at: at + 1, count: pages.length })}
        >
          <img
            src={page.url}
            alt={i18n.t("Page {at} of {name}", { at: page.number, name: file.filename })}
            style={{ width: `${ZOOM_STEPS[zoom]}%` }}
          />
        </section>
      ) : (
        <EmptyState title={i18n.t("There is no picture of this paper.")} icon="document">
          {i18n.t("Open the file itself to read it.")}
        </EmptyState>
      )}
    </section>
  );
}
