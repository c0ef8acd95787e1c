import { useEffect, useState } from "react";
import { newRequestKey, type Reading, type Stub, useClient, useRead, useWrite } from "../graphql";
import { sayDone } from "../ui";
import { useLocale, useWords } from "../words";

export type FileFormat = "XLSX" | "CSV" | "PDF" | "ZIP";

/** A file as the gateway tells of it; states as in the contract. */
export interface MadeFile {
  id: string;
  format: FileFormat;
  state: "WAITING" | "RUNNING" | "DONE" | "FAILED" | "CANCELLED";
  rowsDone: number;
  rowsTotal: number | null;
  filename: string;
  failureText: string | null;
  createdAt: string;
  url: string | null;
}

interface StartInput {
  name: string;
  arguments?: unknown;
  format: FileFormat;
  locale?: string | null;
  documentIds?: string[] | null;
  requestKey: string;
}

interface Answer {
  export: { id: string } | null;
  refusals: readonly { message: string }[];
}

/** The operations of an app: each registers its own, so the kit is told which they are. */
export interface FileOperations {
  // biome-ignore lint/suspicious/noExplicitAny: a query without variables is typed differently by each generator version.
  list: Stub<{ exports: readonly MadeFile[] | null }, any>;
  start: Stub<{ startExport: Answer }, { input: StartInput }>;
  cancel: Stub<{ cancelExport: Answer }, { id: string }>;
}

const LOOK_AGAIN_MS = 1000;

/** Files asked for since the page was loaded: they are fetched by themselves when they are done. */
const awaited = new Set<string>();

/** Asks for a file; the panel tells how far it is. `from` is the list as its screen asks for it. */
export function useStartFile(operations: FileOperations) {
  const i18n = useWords();
  const locale = useLocale();
  const [run, starting] = useWrite(operations.start);
  const start = async (name: string, format: FileFormat, from: unknown, documentIds?: readonly string[]) => {
    const input = {
      name,
      format,
      arguments: from,
      locale,
      documentIds: documentIds && [...documentIds],
      requestKey: newRequestKey(),
    };
    const { data, failure } = await run({ input });
    const refusal = failure?.message ?? data?.startExport.refusals[0]?.message;
    if (data?.startExport.export) {
      awaited.add(data.startExport.export.id);
      sayDone({ text: i18n.t("The file is being made. It is fetched by itself when it is ready.") });
    } else sayDone({ text: refusal ?? i18n.t("The file could not be asked for."), tone: "bad" });
  };
  return { start, starting };
}

export const isOpen = ({ state }: MadeFile) => state === "WAITING" || state === "RUNNING";

/** The person's own files, looked at every second while one is being made; those asked for here are fetched when done. */
export function useMadeFiles(operations: FileOperations): Reading<unknown> & { files: readonly MadeFile[] } {
  const i18n = useWords();
  const read = useRead(operations.list, {});
  const files = read.data?.exports ?? [];
  const making = files.some(isOpen);
  const { reload } = read;
  useEffect(() => {
    if (!making) return undefined;
    const timer = setInterval(() => !document.hidden && reload(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [making, reload]);
  useEffect(() => {
    for (const file of files) {
      if (isOpen(file) || !awaited.delete(file.id)) continue;
      if (file.state === "DONE" && file.url) {
        save(file.url);
        sayDone({ text: i18n.t("{filename} is ready.", { filename: file.filename }) });
      } else if (file.failureText) sayDone({ text: file.failureText, tone: "bad" });
    }
  }, [files, i18n]);
  return { ...read, files };
}

/** Fetches a finished file by a link signed just now. */
export function useFetchFile(operations: FileOperations) {
  const i18n = useWords();
  const client = useClient();
  const [fetching, setFetching] = useState(false);
  const fetchFile = async (id: string) => {
    setFetching(true);
    const { data } = await client.query(operations.list, {}, { requestPolicy: "network-only" }).toPromise();
    setFetching(false);
    const url = data?.exports?.find((file) => file.id === id)?.url;
    if (url) save(url);
    else sayDone({ text: i18n.t("This file is no longer there."), tone: "bad" });
  };
  return { fetchFile, fetching };
}

/** Hands the address to the browser's downloads: the gateway names the file and sends it as an attachment. */
function save(url: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = "";
  link.click();
}
