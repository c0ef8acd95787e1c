import { usePages } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, DoneState, EmptyState, Field, SearchField, Select, Table, Tabs } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { rowPlace } from "../app/places";
import { Filters, ListScreen, RowCard } from "../app/Screen";
import { useWriteAccess } from "../app/useWriteAccess";
import {
  type InboxFileKind,
  type InboxFileOrder,
  type InboxFileState,
  InboxFiles,
  type InboxFilesQuery,
} from "../gql/operations";
import { useColumns } from "./columns";
import { type InboxSearch, KINDS, STATES, variablesOf } from "./search";
import { UploadDialog } from "./UploadDialog";
import { useInboxWords } from "./words";

export type Paper = NonNullable<InboxFilesQuery["inboxFiles"]>["nodes"][number];

const route = getRouteApi("/frame/c/$clientId/inbox");

/** Papers the client sent: what waits, what was made of it, and the way in for new ones. */
export function InboxScreen() {
  const i18n = useWords();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const words = useInboxWords();
  const [sending, setSending] = useState(false);
  const list = usePages(InboxFiles, variablesOf(clientId, search), "inboxFiles", (data) => data.inboxFiles);
  const columns = useColumns(clientId);
  const closed = useWriteAccess(clientId, "INBOX", "edit");
  const change = (part: Partial<InboxSearch>, replace = false) =>
    void navigate({ search: (now) => ({ ...now, ...part }), replace });
  useKeys([{ keys: "n", label: i18n.t("Upload papers"), group: i18n.t("Inbox"), run: () => setSending(true) }]);
  return (
    <ListScreen
      clientId={clientId}
      scope="INBOX"
      heading={i18n.t("Inbox")}
      panel="papers"
      list={list}
      actions={
        <>
          <SearchField value={search.q ?? ""} onChange={(q) => change({ q: q || undefined }, true)} />
          <Button kind="primary" icon="upload" hint="N" denied={closed} onClick={() => setSending(true)}>
            {i18n.t("Upload papers")}
          </Button>
        </>
      }
      filters={
        <Filters>
          <Tabs
            label={i18n.t("Papers by state")}
            controls="papers"
            value={search.state ?? "ALL"}
            onChange={(id) => change({ state: id === "ALL" ? undefined : (id as InboxFileState) })}
            tabs={[...STATES.map((id) => ({ id, label: words.states[id].word })), { id: "ALL", label: i18n.t("All") }]}
          />
          <Field label={i18n.t("Kind")} labelUnseen>
            {(ids) => (
              <Select
                {...ids}
                value={search.kind ?? ""}
                onChange={(event) => change({ kind: (event.target.value || undefined) as InboxFileKind | undefined })}
              >
                <option value="">{i18n.t("Scans and files")}</option>
                {KINDS.map((kind) => (
                  <option key={kind} value={kind}>
                    {kind === "SCAN" ? i18n.t("Scans only") : i18n.t("Files only")}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </Filters>
      }
    >
      <Table
        label={i18n.t("Papers")}
        columns={columns}
        rows={list.rows}
        rowId={idOf}
        total={list.total}
        order={search.sort ?? "RECEIVED_DESC"}
        onOrder={(order) => change({ sort: order === "RECEIVED_DESC" ? undefined : (order as InboxFileOrder) })}
        onOpen={({ id }) => void navigate(rowPlace.inboxFile(clientId, id))}
        onMore={list.more}
        card={(row) => <RowCard row={row} columns={columns} />}
        empty={<NoPapers search={search} onSend={() => setSending(true)} />}
      />
      {sending && <UploadDialog clientId={clientId} onClose={() => setSending(false)} />}
    </ListScreen>
  );
}

const idOf = ({ id }: Paper) => id;

function NoPapers({ search, onSend }: { search: InboxSearch; onSend: () => void }) {
  const i18n = useWords();
  if (search.q) return <EmptyState title={i18n.t("No paper fits this search.")} icon="search" />;
  const act = <Button onClick={onSend}>{i18n.t("Upload papers")}</Button>;
  if (search.state === "TO_REVIEW") {
    return (
      <DoneState title={i18n.t("Nothing waits for review.")} act={act}>
        {i18n.t("Every paper of this client was converted or discarded.")}
      </DoneState>
    );
  }
  return (
    <EmptyState title={i18n.t("No papers here.")} icon="inbox" act={act}>
      {i18n.t("Invoices and receipts arrive by upload or by mail.")}
    </EmptyState>
  );
}
