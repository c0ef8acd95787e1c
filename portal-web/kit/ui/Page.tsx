import { type ReactNode, useEffect, useRef } from "react";
import { useWords } from "../words/WordsProvider";
import styles from "./Page.module.css";

/** First stop of the Tab key: jumps over the frame into the screen. */
export function SkipLink() {
  const i18n = useWords();
  return (
    <a className={styles.skip} href="#main" data-noprint>
      {i18n.t("Skip to content")}
    </a>
  );
}

let first = true;

interface PageHeadingProps {
  children: string;
  /** Buttons and filters at the end of the line. */
  actions?: ReactNode;
  /** A quiet line under the heading. */
  detail?: ReactNode;
}

/**
 * The `h1` of a screen. It takes the focus when a person arrives from another screen, so a screen
 * reader says where they are, and it names the browser's tab.
 */
export function PageHeading({ children, actions, detail }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // The page that was asked for keeps the browser's own starting point.
    if (!first) heading.current?.focus({ preventScroll: true });
    first = false;
  }, []);
  useEffect(() => {
    document.title = `${children} · Atrio`;
  }, [children]);
  return (
    <div className={styles.heading}>
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {children}
        </h1>
        {detail && <div className={styles.detail}>{detail}</div>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
