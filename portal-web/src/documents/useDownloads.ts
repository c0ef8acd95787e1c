import { useClient } from "@atrio/kit/graphql";
import { sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useCallback, useEffect, useRef, useState } from "react";
import { PortalDocumentPdf } from "../gql/operations";
import { DownloadFailed, download, save } from "./download";

export interface Wanted {
  id: string;
  /** As the person knows it, for the sentence when it fails. */
  name: string;
  /** A link that may still be good. */
  pdfUrl?: string | null;
}

export interface Progress {
  /** Counted from one. */
  at: number;
  of: number;
  /** 0 to 1 of the present file; undefined while its length is unknown. */
  part: number | undefined;
}

export interface Downloads {
  progress: Progress | undefined;
  start: (wanted: readonly Wanted[]) => Promise<void>;
  cancel: () => void;
}

/**
 * Downloads PDFs one after the other and says how it went. One that fails does not stop the next.
 * `onFinished` is called when at least one arrived: the gateway has marked it read.
 */
export function useDownloads(onFinished: () => void): Downloads {
  const i18n = useWords();
  const client = useClient();
  const [progress, setProgress] = useState<Progress>();
  const running = useRef<AbortController>(undefined);
  const finished = useRef(onFinished);
  finished.current = onFinished;

  const start = async (wanted: readonly Wanted[]) => {
    if (running.current) return;
    const abort = new AbortController();
    running.current = abort;
    const failed: string[] = [];
    let reason = "";
    let arrived = 0;
    for (const [index, { id, name, pdfUrl }] of wanted.entries()) {
      const tell = (part: number | undefined) => setProgress({ at: index + 1, of: wanted.length, part });
      const renew = async () => {
        const { data, error } = await client.query(PortalDocumentPdf, { id }, { requestPolicy: "network-only" }).toPromise();
        if (error?.networkError) throw new DownloadFailed(error.networkError.message);
        return data?.portalDocument?.pdfUrl;
      };
      try {
        save(await download(pdfUrl, renew, tell, abort.signal));
        arrived += 1;
      } catch (error) {
        if (abort.signal.aborted) break;
        failed.push(name);
        reason = error instanceof DownloadFailed && !error.offline ? error.message : "";
      }
    }
    running.current = undefined;
    setProgress(undefined);
    if (arrived > 0) finished.current();
    if (failed.length > 0) {
      const text = i18n.t("Not downloaded: {names}.", { names: failed.join(", ") });
      sayDone({ text: reason ? `${text} ${reason}` : text, tone: "bad" });
    } else if (arrived > 0) {
      sayDone({ text: i18n.t("{count, plural, one {# file downloaded} other {# files downloaded}}", { count: arrived }) });
    }
  };

  const cancel = useCallback(() => running.current?.abort(), []);
  // Whoever leaves the screen has not got the file, so it must not count as read.
  useEffect(() => () => running.current?.abort(), []);
  return { progress, start, cancel };
}
