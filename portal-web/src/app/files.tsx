import { ExportMenu, type FileOperations, MadeFiles as Files, useStartFile } from "@atrio/kit/files";
import type { ComponentProps } from "react";
import { CancelExport, MadeFiles, StartExport } from "../gql/operations";

const FILES: FileOperations = { list: MadeFiles, start: StartExport, cancel: CancelExport };

/** The button with one's own files and how far they are. */
export function OwnFiles() {
  return <Files operations={FILES} />;
}

/** The button that makes a file of a list. */
export function ExportList(props: Omit<ComponentProps<typeof ExportMenu>, "operations">) {
  return <ExportMenu operations={FILES} {...props} />;
}

/** Packs the PDFs of chosen documents of a list into one archive. */
export function usePackDocuments(name: string) {
  const { start, starting } = useStartFile(FILES);
  return { pack: (ids: readonly string[]) => start(name, "ZIP", {}, ids), packing: starting };
}
