import { Menu } from "../ui";
import { useWords } from "../words";
import { type FileFormat, type FileOperations, useStartFile } from "./files";

interface ExportMenuProps {
  operations: FileOperations;
  /** The field of the contract that gives the list. */
  name: string;
  /** Its arguments as the screen asks for them. */
  from: unknown;
  /** Whether its rows are documents that can be packed as PDFs. */
  packable?: boolean;
}

/** The list as a file, exactly as filtered: the person chooses the kind. */
export function ExportMenu({ operations, name, from, packable }: ExportMenuProps) {
  const i18n = useWords();
  const { start, starting } = useStartFile(operations);
  const choose = (label: string, format: FileFormat) => ({
    label,
    icon: "document" as const,
    onChoose: () => void start(name, format, from),
  });
  return (
    <Menu
      label={i18n.t("Export list")}
      button={{ kind: "normal", icon: "download", busy: starting }}
      items={[
        choose(i18n.t("Excel"), "XLSX"),
        choose(i18n.t("PDF"), "PDF"),
        choose(i18n.t("CSV for other programs"), "CSV"),
        ...(packable ? [{ ...choose(i18n.t("All PDFs in one archive"), "ZIP"), begins: true }] : []),
      ]}
    />
  );
}
