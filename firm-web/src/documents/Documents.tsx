import { usePages } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, Checkbox, DoneState, EmptyState, Field, SearchField, Select, Table, Tabs } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useDocumentStates, useDocumentTypes } from "../app/documentWords";
import { rowPlace } from "../app/places";
import { Filters, ListScreen, RowCard } from "../app/Screen";
import { useWriteAccess } from "../app/useWriteAccess";
import {
  type DocumentOrder,
  type DocumentStatus,
  PurchaseDocuments,
  type PurchaseDocumentsQuery,
  SalesDocuments,
  type SalesDocumentsQuery,
} from "../gql/operations";
import { ApprovalResults } from "./ApprovalResults";
import { useColumns } from "./columns";
import { type DocumentsSearch, PURCHASE_TYPES, purchaseVariables, SALES_TYPES, STATUSES, salesVariables, sideIn } from "./search";
import { useApproval } from "./useApproval";

export type SalesRow = NonNullable<SalesDocumentsQuery["salesDocuments"]>["nodes"][number];
export type PurchaseRow = NonNullable<PurchaseDocumentsQuery["purchaseDocuments"]>["nodes"][number];
export type DocumentRow = SalesRow | PurchaseRow;

const route = getRouteApi("/frame/c/$clientId/documents");

/** What the client sold and bought; two sides of one screen, each its own list of the gateway. */
export function DocumentsScreen() {
  const search = route.useSearch();
  return search.side === "purchases" ? <Purchases key="purchases" /> : <Sales key="sales" />;
}

function Sales() {
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const list = usePages(SalesDocuments, salesVariables(clientId, search), "salesDocuments", (data) => data.salesDocuments);
  return <DocumentList list={list} />;
}

function Purchases() {
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const variables = purchaseVariables(clientId, search);
  const list = usePages(PurchaseDocuments, variables, "purchaseDocuments", (data) => data.purchaseDocuments);
  return <DocumentList list={list} />;
}

type List = Pick<ReturnType<typeof usePages>, "total" | "denied" | "failure" | "loading" | "reload" | "more"> & {
  rows: readonly DocumentRow[];
};

function DocumentList({ list }: { list: List }) {
  const i18n = useWords();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const side = sideIn(search);
  const columns = useColumns(clientId, side);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const closed = useWriteAccess(clientId, side === "sales" ? "SALES" : "PURCHASES", "approve");
  const approval = useApproval(() => setSelected(new Set()));
  const change = (part: Partial<DocumentsSearch>, replace = false) =>
    void navigate({ search: (now) => ({ ...now, ...part }), replace });
  const approvable = list.rows.filter(
    ({ id, status }) => selected.has(id) && (status === "PENDING_REVIEW" || status === "DRAFT"),
  );
  const approve = () => void approval.run(approvable);
  useKeys(
    [{ keys: "a", label: i18n.t("Approve the selected documents"), group: i18n.t("Documents"), run: approve }],
    approvable.length > 0 && !closed,
  );
  return (
    <ListScreen
      clientId={clientId}
      scope={side === "sales" ? "SALES" : "PURCHASES"}
      heading={i18n.t("Documents")}
      panel="documents"
      list={list}
      actions={<SearchField value={search.q ?? ""} onChange={(q) => change({ q: q || undefined }, true)} />}
      filters={<DocumentFilters search={search} onChange={change} />}
    >
      <Table
        label={side === "sales" ? i18n.t("Sales documents") : i18n.t("Purchase documents")}
        columns={columns}
        rows={list.rows}
        rowId={idOf}
        total={list.total}
        order={search.sort ?? "ISSUED_DESC"}
        onOrder={(order) => change({ sort: order === "ISSUED_DESC" ? undefined : (order as DocumentOrder) })}
        onOpen={({ id }) => void navigate(rowPlace.document(clientId, side, id))}
        selected={selected}
        onSelected={setSelected}
        onMore={list.more}
        minWidth={1040}
        card={(row) => <RowCard row={row} columns={columns} />}
        bar={
          <>
            <span>
              {i18n.t("{count, plural, one {# document selected} other {# documents selected}}", { count: selected.size })}
            </span>
            <Button
              kind="primary"
              hint="A"
              busy={approval.busy}
              denied={closed ?? (approvable.length === 0 ? i18n.t("None of these documents waits for approval.") : undefined)}
              onClick={approve}
            >
              {i18n.t("{count, plural, one {Approve # document} other {Approve # documents}}", { count: approvable.length })}
            </Button>
            <Button kind="bare" hint="Esc" onClick={() => setSelected(new Set())}>
              {i18n.t("Clear")}
            </Button>
          </>
        }
        empty={<NoDocuments search={search} />}
      />
      {approval.results && <ApprovalResults results={approval.results} onClose={approval.dismiss} />}
    </ListScreen>
  );
}

const idOf = ({ id }: DocumentRow) => id;

interface FiltersProps {
  search: DocumentsSearch;
  onChange: (part: Partial<DocumentsSearch>) => void;
}

function DocumentFilters({ search, onChange }: FiltersProps) {
  const i18n = useWords();
  const types = useDocumentTypes();
  const states = useDocumentStates();
  const side = sideIn(search);
  const offered = side === "sales" ? SALES_TYPES : PURCHASE_TYPES;
  return (
    <>
      <Tabs
        label={i18n.t("Side")}
        controls="documents"
        value={side}
        onChange={(id) => onChange({ side: id === "purchases" ? "purchases" : undefined, type: undefined, read: undefined })}
        tabs={[
          { id: "sales", label: i18n.t("Sales") },
          { id: "purchases", label: i18n.t("Purchases") },
        ]}
      />
      <Filters>
        <Tabs
          label={i18n.t("Documents by type")}
          controls="documents"
          value={search.type ?? "ALL"}
          onChange={(id) => onChange({ type: id === "ALL" ? undefined : (id as DocumentsSearch["type"]) })}
          tabs={[{ id: "ALL", label: i18n.t("All") }, ...offered.map((id) => ({ id, label: types[id] }))]}
        />
        <Field label={i18n.t("State")} labelUnseen>
          {(ids) => (
            <Select
              {...ids}
              value={search.status ?? ""}
              onChange={(event) => onChange({ status: (event.target.value || undefined) as DocumentStatus | undefined })}
            >
              <option value="">{i18n.t("Every state")}</option>
              {STATUSES.map((status) => (
                <option key={status} value={status}>
                  {states[status].word}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {side === "sales" && (
          <Field label={i18n.t("Read by the contact")} labelUnseen>
            {(ids) => (
              <Select
                {...ids}
                value={search.read ?? ""}
                onChange={(event) => onChange({ read: (event.target.value || undefined) as DocumentsSearch["read"] })}
              >
                <option value="">{i18n.t("Read or not")}</option>
                <option value="READ">{i18n.t("Read")}</option>
                <option value="UNREAD">{i18n.t("Not read")}</option>
              </Select>
            )}
          </Field>
        )}
        <Checkbox
          label={i18n.t("Not fully paid")}
          checked={search.unpaid ?? false}
          onChange={(event) => onChange({ unpaid: event.target.checked || undefined })}
        />
        {search.contact && (
          <Button icon="close" onClick={() => onChange({ contact: undefined })}>
            {i18n.t("Of one contact only")}
          </Button>
        )}
      </Filters>
    </>
  );
}

function NoDocuments({ search }: { search: DocumentsSearch }) {
  const i18n = useWords();
  const narrowed = search.q ?? search.type ?? search.read ?? search.unpaid ?? search.contact;
  if (search.status === "PENDING_REVIEW" && !narrowed) {
    return (
      <DoneState title={i18n.t("Nothing waits for review.")}>
        {i18n.t("Every document of this side was approved or is a draft.")}
      </DoneState>
    );
  }
  if (narrowed || search.status) return <EmptyState title={i18n.t("No document fits this search.")} icon="search" />;
  return (
    <EmptyState title={i18n.t("No documents yet.")} icon="document">
      {search.side === "purchases"
        ? i18n.t("Purchases are made from the papers in the inbox.")
        : i18n.t("Sales documents appear when the client issues them.")}
    </EmptyState>
  );
}
