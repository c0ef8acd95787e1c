import { newRequestKey, useWrite } from "@atrio/kit/graphql";
import { sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useState } from "react";
import { useDocumentTypes } from "../app/documentWords";
import { ApproveDocuments } from "../gql/operations";
import { type ApprovalResult, resultsOf } from "./approval";
import type { DocumentRow } from "./Documents";

type Approvable = Pick<DocumentRow, "id" | "number" | "type">;

/** Approves documents together; when one is refused, `results` tells of each. */
export function useApproval(onDone: () => void) {
  const i18n = useWords();
  const types = useDocumentTypes();
  const [approve, busy] = useWrite(ApproveDocuments);
  const [results, setResults] = useState<readonly ApprovalResult[]>();
  const run = async (documents: readonly Approvable[]) => {
    if (documents.length === 0 || busy) return;
    const asked = documents.map(({ id, number, type }) => ({ id, label: [types[type], number].filter(Boolean).join(" ") }));
    const { data, failure, denials } = await approve({ ids: asked.map(({ id }) => id), requestKey: newRequestKey() });
    const whole = failure?.message ?? denials.at("approveDocuments")?.message;
    const told = resultsOf(asked, data?.approveDocuments, whole);
    const refused = told.filter((one) => one.refused !== undefined).length;
    if (refused > 0) setResults(told);
    else
      sayDone({
        text: i18n.t("{count, plural, one {# document approved.} other {# documents approved.}}", { count: told.length }),
      });
    if (refused < told.length) onDone();
  };
  return { run, busy, results, dismiss: () => setResults(undefined) };
}
