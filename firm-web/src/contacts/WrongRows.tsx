import { useWrite } from "@atrio/kit/graphql";
import { Button, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { PreviewContactImport, type PreviewContactImportMutation } from "../gql/operations";
import { columnsInput, mapped } from "./mapping";
import { csvOf } from "./wrongRows";

type Preview = NonNullable<PreviewContactImportMutation["previewContactImport"]>;

interface WrongRowsProps {
  clientId: string;
  uploadId: string;
  preview: Preview;
  kinds: { isCustomer: boolean; isSupplier: boolean };
}

/** All rows that cannot be contacts, each reason a line, as a file to work through beside the list. */
export function WrongRows({ clientId, uploadId, preview, kinds }: WrongRowsProps) {
  const i18n = useWords();
  const [look, looking] = useWrite(PreviewContactImport);
  const fetchRows = async () => {
    const columns = columnsInput(mapped(preview.columns));
    const input = { companyId: clientId, uploadId, columns, ...kinds, onlyWrong: true };
    const { data, failure, denials } = await look({ input });
    const payload = data?.previewContactImport;
    const problem = failure?.message ?? payload?.refusals[0]?.message ?? denials.at("previewContactImport")?.message;
    if (!payload || problem !== undefined) return sayDone({ text: problem ?? "", tone: "bad" });
    const headings = [i18n.t("Row"), i18n.t("Name"), i18n.t("Tax number"), i18n.t("Column"), i18n.t("Reason")];
    const rows = payload.rows.flatMap((row) =>
      row.problems.map(({ column, message }) => [
        String(row.number),
        row.name,
        row.taxId,
        column === null || column === undefined ? "" : (payload.columns[column]?.header ?? ""),
        message,
      ]),
    );
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csvOf([headings, ...rows])], { type: "text/csv;charset=utf-8" }));
    link.download = `${i18n.t("Wrong rows of {filename}", { filename: preview.filename ?? "" }).replace(/\.\w+$/, "")}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <div>
      <Button icon="download" busy={looking} onClick={() => void fetchRows()}>
        {i18n.t("Download the wrong rows")}
      </Button>
    </div>
  );
}
