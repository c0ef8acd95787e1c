import { useWrite } from "@atrio/kit/graphql";
import { useWords } from "@atrio/kit/words";
import { allDone } from "../app/list/batch";
import { type BatchAct, useBatch } from "../app/list/useBatch";
import { ArchiveContacts, type ContactsQuery, RestoreContacts } from "../gql/operations";

type Contact = NonNullable<ContactsQuery["contacts"]>["nodes"][number];

/** Archives contacts together, or brings them back; `results` tells of each when one was refused. */
export function useContactBatch(onDone: () => void) {
  const i18n = useWords();
  const [archive] = useWrite(ArchiveContacts);
  const [restore] = useWrite(RestoreContacts);
  const { run, busy, results, dismiss } = useBatch(onDone);
  const archiving = async (ids: string[]) => {
    const { data, failure, denials } = await archive({ ids });
    return { answer: data?.archiveContacts, failed: failure?.message ?? denials.at("archiveContacts")?.message };
  };
  const restoring = async (ids: string[]) => {
    const { data, failure, denials } = await restore({ ids });
    return { answer: data?.restoreContacts, failed: failure?.message ?? denials.at("restoreContacts")?.message };
  };
  const archives: BatchAct = {
    ask: archiving,
    said: (count) => i18n.t("{count, plural, one {# contact archived.} other {# contacts archived.}}", { count }),
    undo: async (ids) => allDone(await restoring(ids)),
  };
  const restores: BatchAct = {
    ask: restoring,
    said: (count) => i18n.t("{count, plural, one {# contact restored.} other {# contacts restored.}}", { count }),
    undo: async (ids) => allDone(await archiving(ids)),
  };
  const itemOf = ({ id, name }: Contact) => ({ id, label: name });
  return {
    archive: (contacts: readonly Contact[]) => void run(archives, contacts.map(itemOf)),
    restore: (contacts: readonly Contact[]) => void run(restores, contacts.map(itemOf)),
    busy,
    results,
    dismiss,
  };
}
