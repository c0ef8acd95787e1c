import { newRequestKey, useWrite } from "@atrio/kit/graphql";
import { useWords } from "@atrio/kit/words";
import { useDocumentTypes } from "../app/documentWords";
import { allDone } from "../app/list/batch";
import { type BatchAct, useBatch } from "../app/list/useBatch";
import {
  ApproveDocuments,
  ArchiveDocuments,
  type DocumentStatus,
  MailDocuments,
  RestoreDocuments,
  SubmitDocuments,
} from "../gql/operations";
import type { DocumentRow } from "./Documents";

type Named = Pick<DocumentRow, "id" | "number" | "type">;

/** Whether approving is the next step of a document in this state; a draft is sent to review first. */
export function waitsForApproval({ status }: { status: DocumentStatus }): boolean {
  return status === "PENDING_REVIEW";
}

/** Sending to review, approving, archiving and restoring documents together; `results` tells of each when one was refused. */
export function useDocumentBatch(onDone: () => void) {
  const i18n = useWords();
  const types = useDocumentTypes();
  const [approve] = useWrite(ApproveDocuments);
  const [submit] = useWrite(SubmitDocuments);
  const [archive] = useWrite(ArchiveDocuments);
  const [restore] = useWrite(RestoreDocuments);
  const [mail] = useWrite(MailDocuments);
  const { run, busy, results, dismiss } = useBatch(onDone);
  const ask = {
    approve: async (ids: string[]) => {
      const { data, failure, denials } = await approve({ ids, requestKey: newRequestKey() });
      return { answer: data?.approveDocuments, failed: failure?.message ?? denials.at("approveDocuments")?.message };
    },
    submit: async (ids: string[]) => {
      const { data, failure, denials } = await submit({ ids });
      return { answer: data?.submitDocuments, failed: failure?.message ?? denials.at("submitDocuments")?.message };
    },
    archive: async (ids: string[]) => {
      const { data, failure, denials } = await archive({ ids });
      return { answer: data?.archiveDocuments, failed: failure?.message ?? denials.at("archiveDocuments")?.message };
    },
    restore: async (ids: string[]) => {
      const { data, failure, denials } = await restore({ ids });
      return { answer: data?.restoreDocuments, failed: failure?.message ?? denials.at("restoreDocuments")?.message };
    },
  };
  const acts: Record<keyof typeof ask, BatchAct> = {
    approve: {
      ask: ask.approve,
      said: (count) => i18n.t("{count, plural, one {# document approved.} other {# documents approved.}}", { count }),
    },
    submit: {
      ask: ask.submit,
      said: (count) => i18n.t("{count, plural, one {# document sent to review.} other {# documents sent to review.}}", { count }),
    },
    archive: {
      ask: ask.archive,
      said: (count) => i18n.t("{count, plural, one {# document archived.} other {# documents archived.}}", { count }),
      undo: async (ids) => allDone(await ask.restore(ids)),
    },
    restore: {
      ask: ask.restore,
      said: (count) => i18n.t("{count, plural, one {# document restored.} other {# documents restored.}}", { count }),
      undo: async (ids) => allDone(await ask.archive(ids)),
    },
  };
  const itemOf = ({ id, number, type }: Named) => ({ id, label: [types[type], number].filter(Boolean).join(" ") });
  /** Each document goes to its own contact; there is no way back. */
  const sendMails = (
    documents: readonly Named[],
    notApproved: readonly Named[],
    how: { attachPdf: boolean; requestKey: string },
  ) =>
    run(
      {
        ask: async (ids) => {
          const { data, failure, denials } = await mail({ ids, ...how });
          return { answer: data?.mailDocuments, failed: failure?.message ?? denials.at("mailDocuments")?.message };
        },
        said: (count) => i18n.t("{count, plural, one {# document goes by mail.} other {# documents go by mail.}}", { count }),
      },
      documents.map(itemOf),
      notApproved.map((one) => ({ ...itemOf(one), refused: i18n.t("It is not approved.") })),
    );
  /** `leftOut` are not asked for; each says why it was left out. */
  const start = (act: keyof typeof acts, documents: readonly Named[], leftOut: readonly (Named & { why: string })[] = []) => {
    const told = leftOut.map(({ why, ...one }) => ({ ...itemOf(one), refused: why }));
    void run(acts[act], documents.map(itemOf), told);
  };
  return { start, sendMails, busy, results, dismiss };
}
