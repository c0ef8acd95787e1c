import { useFormats } from "@atrio/kit/format";
import { usePages } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, Checkbox, type Column, EmptyState, SearchField, Table, Tabs } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { ExportList } from "../app/files";
import { BatchResults } from "../app/list/BatchResults";
import { BulkBar } from "../app/list/BulkBar";
import { FilterChips, without } from "../app/list/FilterChips";
import { SavedViews } from "../app/list/SavedViews";
import { rowPlace } from "../app/places";
import { Filters, ListScreen, RowCard } from "../app/Screen";
import { useWriteAccess } from "../app/useWriteAccess";
import { type ContactOrder, Contacts, type ContactsQuery } from "../gql/operations";
import { ContactForm } from "./ContactForm";
import { type ContactsSearch, contactsSearch, variablesOf } from "./search";
import { useContactBatch } from "./useContactBatch";

type Row = NonNullable<ContactsQuery["contacts"]>["nodes"][number];

const route = getRouteApi("/frame/c/$clientId/contacts");

/** Customers and suppliers of the client. */
export function ContactsScreen() {
  const i18n = useWords();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [making, setMaking] = useState(false);
  const variables = variablesOf(clientId, search);
  const list = usePages(Contacts, variables, "contacts", (data) => data.contacts);
  const columns = useColumns(clientId);
  const closed = useWriteAccess(clientId, "CONTACTS", "edit");
  const change = (part: Partial<ContactsSearch>, replace = false) =>
    void navigate({ search: (now) => ({ ...now, ...part }), replace });
  const make = () => setMaking(true);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const batch = useContactBatch(() => setSelected(new Set()));
  const chosen = list.rows.filter(({ id }) => selected.has(id));
  const move = () => {
    if (chosen.length > 0 && !closed) batch[search.archived ? "restore" : "archive"](chosen);
  };
  const group = i18n.t("Contacts");
  useKeys(
    [
      { keys: "n", label: i18n.t("New contact"), group, run: make },
      { keys: "a", label: i18n.t("Archive the selected contacts, or restore them"), group, run: move },
    ],
    !closed,
  );
  return (
    <ListScreen
      clientId={clientId}
      scope="CONTACTS"
      heading={i18n.t("Contacts")}
      panel="contacts"
      list={list}
      actions={
        <>
          <SearchField value={search.q ?? ""} onChange={(q) => change({ q: q || undefined }, true)} />
          <ExportList name="contacts" from={variables} />
          <Button onClick={() => void navigate({ to: `/c/${clientId}/contacts/duplicates` })}>{i18n.t("Duplicates")}</Button>
          <Button icon="upload" denied={closed} onClick={() => void navigate({ to: `/c/${clientId}/contacts/import` })}>
            {i18n.t("Import")}
          </Button>
          <Button kind="primary" icon="plus" hint="N" denied={closed} onClick={make}>
            {i18n.t("New contact")}
          </Button>
        </>
      }
      filters={
        <Filters>
          <Tabs
            label={i18n.t("Contacts by kind")}
            controls="contacts"
            value={search.kind ?? "all"}
            onChange={(id) => change({ kind: id === "all" ? undefined : (id as ContactsSearch["kind"]) })}
            tabs={[
              { id: "all", label: i18n.t("All") },
              { id: "customer", label: i18n.t("Customers") },
              { id: "supplier", label: i18n.t("Suppliers") },
            ]}
          />
          <Checkbox
            label={i18n.t("New in 15 days")}
            checked={search.new ?? false}
            onChange={(event) => change({ new: event.target.checked || undefined })}
          />
          <Checkbox
            label={i18n.t("Archived")}
            checked={search.archived ?? false}
            onChange={(event) => change({ archived: event.target.checked || undefined })}
          />
          <SavedViews
            listName="contacts"
            search={search}
            onChoose={(to) => void navigate({ search: contactsSearch({ ...to }) })}
          />
          <FilterChips
            chips={search.tag ? [{ id: "tag", label: i18n.t("Tag: {tag}", { tag: search.tag }) }] : []}
            onRemove={(ids) => void navigate({ search: (now) => without(now, ids) })}
          />
        </Filters>
      }
    >
      <Table
        label={i18n.t("Contacts")}
        columns={columns}
        rows={list.rows}
        rowId={idOf}
        total={list.total}
        order={search.sort ?? "NAME_ASC"}
        onOrder={(order) => change({ sort: order === "NAME_ASC" ? undefined : (order as ContactOrder) })}
        onOpen={({ id }) => void navigate(rowPlace.contact(clientId, id))}
        selected={selected}
        onSelected={setSelected}
        onMore={list.more}
        bar={
          <BulkBar count={selected.size} onClear={() => setSelected(new Set())}>
            <Button hint="A" busy={batch.busy} denied={closed} onClick={move}>
              {search.archived ? i18n.t("Restore") : i18n.t("Archive")}
            </Button>
          </BulkBar>
        }
        card={(row) => <RowCard row={row} columns={columns} />}
        empty={<NoContacts search={search} onMake={closed ? undefined : make} />}
      />
      {batch.results && <BatchResults results={batch.results} onClose={batch.dismiss} />}
      {making && (
        <ContactForm
          clientId={clientId}
          onClose={() => setMaking(false)}
          onSaved={(id) => void navigate(rowPlace.contact(clientId, id))}
        />
      )}
    </ListScreen>
  );
}

const idOf = ({ id }: Row) => id;

function NoContacts({ search, onMake }: { search: ContactsSearch; onMake: (() => void) | undefined }) {
  const i18n = useWords();
  if (search.q || search.kind || search.tag || search.archived)
    return <EmptyState title={i18n.t("No contact fits this search.")} icon="search" />;
  if (search.new) return <EmptyState title={i18n.t("No contact was made in the last 15 days.")} icon="people" />;
  return (
    <EmptyState
      title={i18n.t("No contacts yet.")}
      icon="people"
      act={onMake && <Button onClick={onMake}>{i18n.t("New contact")}</Button>}
    >
      {i18n.t("Customers and suppliers appear here with their first document, or when you add them.")}
    </EmptyState>
  );
}

function useColumns(clientId: string): readonly Column<Row>[] {
  const i18n = useWords();
  const f = useFormats();
  return useMemo(
    () => [
      {
        id: "name",
        header: i18n.t("Name"),
        sort: { asc: "NAME_ASC", desc: "NAME_DESC" },
        cell: (row) => (
          <Link {...rowPlace.contact(clientId, row.id)} title={row.name}>
            {row.name}
          </Link>
        ),
      },
      {
        id: "taxId",
        header: i18n.t("Tax number"),
        width: "116px",
        cell: (row) => <span className="tabular">{row.taxId ?? "–"}</span>,
      },
      {
        id: "kind",
        header: i18n.t("Kind"),
        width: "170px",
        cell: (row) =>
          [row.isCustomer && i18n.t("Customer"), row.isSupplier && i18n.t("Supplier")].filter(Boolean).join(", ") || "–",
      },
      { id: "tags", header: i18n.t("Tags"), width: "120px", cell: (row) => row.tags?.join(", ") || "–" },
      { id: "city", header: i18n.t("Town"), width: "130px", cell: (row) => row.city ?? "–" },
      {
        id: "email",
        header: i18n.t("E-mail"),
        width: "210px",
        cell: (row) => <span title={row.email ?? undefined}>{row.email ?? "–"}</span>,
      },
      {
        id: "created",
        header: i18n.t("Created"),
        width: "100px",
        align: "end",
        sort: { asc: "CREATED_ASC", desc: "CREATED_DESC" },
        cell: (row) => f.date(row.createdAt.slice(0, 10)),
      },
    ],
    [i18n, f, clientId],
  );
}
