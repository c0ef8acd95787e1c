import { usePages } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, DoneState, EmptyState, Menu, SearchField, Table, toggled } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { ExportList } from "../app/files";
import { BatchResults } from "../app/list/BatchResults";
import { BulkBar } from "../app/list/BulkBar";
import { rowPlace } from "../app/places";
import { ListScreen } from "../app/Screen";
import { useWriteAccess } from "../app/useWriteAccess";
import { type EntryOrder, JournalEntries } from "../gql/operations";
import { useColumns } from "./columns";
import { EntryCard } from "./EntryCard";
import { JournalFilters } from "./filters";
import { ImportDialog } from "./importing/ImportDialog";
import { type JournalRow, unfolded } from "./rows";
import { entriesVariables, type JournalSearch, journalSearch } from "./search";
import { useEntryBatch } from "./useEntryBatch";
import { VerifyDialog } from "./Verify";

const route = getRouteApi("/frame/c/$clientId/journal");

/** The client's entries; each unfolds into its lines, drafts are posted together. */
export function JournalScreen() {
  const i18n = useWords();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const variables = entriesVariables(clientId, search);
  const list = usePages(JournalEntries, variables, "journalEntries", (data) => data.journalEntries);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [cursor, setCursor] = useState<string>();
  const toggle = (id: string) => setOpen((now) => toggled(now, id));
  const columns = useColumns(clientId, toggle);
  const rows = useMemo(() => unfolded(list.rows, open), [list.rows, open]);
  const closed = useWriteAccess(clientId, "JOURNAL", "approve");
  const noEdit = useWriteAccess(clientId, "JOURNAL", "edit");
  const [importing, setImporting] = useState(false);
  const [verifying, setVerifying] = useState(false);
  const go = (page: "templates" | "opening" | "locks" | "closing") =>
    void navigate({ to: `/c/$clientId/journal/${page}`, params: { clientId } });
  const write = () => void navigate({ to: "/c/$clientId/journal/new", params: { clientId } });
  const chosen = list.rows.filter(({ id }) => selected.has(id));
  const marked = chosen.length > 0 && chosen.every(({ reviewedAt }) => reviewedAt);
  const batch = useEntryBatch(() => setSelected(new Set()));
  const review = () => {
    if (chosen.length > 0 && !noEdit) batch.review(chosen);
  };
  const drafts = list.rows.filter(({ id, state }) => selected.has(id) && state === "DRAFT");
  const change = (part: Partial<JournalSearch>, replace = false) =>
    void navigate({ search: (now) => ({ ...now, ...part }), replace });
  const postDrafts = () => {
    if (drafts.length > 0 && !closed) batch.postDrafts(drafts);
  };
  const group = i18n.t("Journal");
  const inHand = rows.find(({ id }) => id === cursor);
  useKeys([
    { keys: "n", label: i18n.t("New entry"), group, run: write },
    { keys: ".", label: i18n.t("Show or hide the lines"), group, run: () => inHand && toggle(inHand.entry.id) },
    { keys: "p", label: i18n.t("Post the selected drafts"), group, run: postDrafts },
    { keys: "r", label: i18n.t("Mark the selected entries as reviewed, or take the marks away"), group, run: review },
  ]);
  return (
    <ListScreen
      clientId={clientId}
      scope="JOURNAL"
      heading={i18n.t("Journal")}
      panel="entries"
      list={list}
      actions={
        <>
          <SearchField value={search.q ?? ""} onChange={(q) => change({ q: q || undefined }, true)} />
          <ExportList name="journalEntries" from={variables} />
          <Link to="/c/$clientId/journal/accounts" params={{ clientId }}>
            {i18n.t("Ledger accounts")}
          </Link>
          <Menu
            label={i18n.t("More")}
            items={[
              { label: i18n.t("Templates"), onChoose: () => go("templates") },
              { label: i18n.t("Import entries…"), denied: noEdit, onChoose: () => setImporting(true) },
              { label: i18n.t("Opening balances"), denied: noEdit, onChoose: () => go("opening") },
              { label: i18n.t("Period locks"), onChoose: () => go("locks") },
              { label: i18n.t("Year end"), onChoose: () => go("closing") },
              { label: i18n.t("Verify the entries…"), denied: closed, onChoose: () => setVerifying(true) },
            ]}
          />
          <Button kind="primary" hint="N" icon="plus" denied={noEdit} onClick={write}>
            {i18n.t("New entry")}
          </Button>
        </>
      }
      filters={
        <JournalFilters search={search} onChange={change} onGo={(to) => void navigate({ search: journalSearch({ ...to }) })} />
      }
    >
      <Table
        label={i18n.t("Entries")}
        columns={columns}
        rows={rows}
        rowId={idOf}
        total={list.total}
        order={search.sort ?? "DATE_DESC"}
        onOrder={(order) => change({ sort: order === "DATE_DESC" ? undefined : (order as EntryOrder) })}
        onOpen={({ entry }) => void navigate(rowPlace.entry(clientId, entry.id))}
        selected={selected}
        onSelected={setSelected}
        selectable={isEntry}
        cursor={cursor}
        onCursor={setCursor}
        onMore={list.more}
        card={(row) => (row.kind === "entry" ? <EntryCard clientId={clientId} entry={row.entry} /> : null)}
        bar={
          <BulkBar count={selected.size} onClear={() => setSelected(new Set())}>
            <Button
              kind="primary"
              hint="P"
              busy={batch.busy}
              denied={closed ?? (drafts.length === 0 ? i18n.t("None of these entries is a draft.") : undefined)}
              onClick={postDrafts}
            >
              {i18n.t("{count, plural, one {Post # draft} other {Post # drafts}}", { count: drafts.length })}
            </Button>
            <Button hint="R" busy={batch.busy} denied={noEdit} onClick={review}>
              {marked ? i18n.t("Take the review marks away") : i18n.t("Mark as reviewed")}
            </Button>
          </BulkBar>
        }
        empty={<NoEntries search={search} />}
      />
      {verifying && <VerifyDialog clientId={clientId} onClose={() => setVerifying(false)} />}
      {batch.results && <BatchResults results={batch.results} onClose={batch.dismiss} />}
      {importing && <ImportDialog clientId={clientId} onImported={list.reload} onClose={() => setImporting(false)} />}
    </ListScreen>
  );
}

const idOf = ({ id }: JournalRow) => id;
const isEntry = ({ kind }: JournalRow) => kind === "entry";

function NoEntries({ search: { state, q, from, to } }: { search: JournalSearch }) {
  const i18n = useWords();
  if (q || from || to || (state && state !== "DRAFT"))
    return <EmptyState title={i18n.t("No entry fits this search.")} icon="search" />;
  if (state === "DRAFT") return <DoneState title={i18n.t("Nothing waits to be posted.")} />;
  return (
    <EmptyState title={i18n.t("No entries yet.")} icon="journal">
      {i18n.t("Approving documents and matching bank lines make entries.")}
    </EmptyState>
  );
}
