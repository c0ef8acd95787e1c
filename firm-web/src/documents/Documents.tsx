import { usePages } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, DoneState, EmptyState, Menu, SearchField, Table } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { type DocumentType, useDocumentTypes } from "../app/documentWords";
import { ExportList, usePackDocuments } from "../app/files";
import { BatchResults } from "../app/list/BatchResults";
import { BulkBar } from "../app/list/BulkBar";
import { type DocumentSide, rowPlace } from "../app/places";
import { ListScreen, RowCard } from "../app/Screen";
import { useWriteAccess } from "../app/useWriteAccess";
import {
  type DocumentOrder,
  PurchaseDocuments,
  type PurchaseDocumentsQuery,
  SalesDocuments,
  type SalesDocumentsQuery,
} from "../gql/operations";
import { useColumns } from "./columns";
import { DocumentFilters } from "./filters";
import { MailManyDialog } from "./MailManyDialog";
import { SubstituteDialog } from "./SubstituteDialog";
import {
  type DocumentsSearch,
  documentsSearch,
  PURCHASE_TYPES,
  purchaseVariables,
  SALES_TYPES,
  salesVariables,
  sideIn,
} from "./search";
import { canMail, canSubstitute } from "./steps";
import { useDocumentBatch, waitsForApproval } from "./useDocumentBatch";
import { useWarnings } from "./warnings";

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
  const variables = salesVariables(clientId, search);
  const list = usePages(SalesDocuments, variables, "salesDocuments", (data) => data.salesDocuments);
  return <DocumentList list={list} exporting={<ExportList name="salesDocuments" from={variables} packable />} />;
}

function Purchases() {
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const variables = purchaseVariables(clientId, search);
  const list = usePages(PurchaseDocuments, variables, "purchaseDocuments", (data) => data.purchaseDocuments);
  return <DocumentList list={list} exporting={<ExportList name="purchaseDocuments" from={variables} />} />;
}

type List = Pick<ReturnType<typeof usePages>, "total" | "denied" | "failure" | "loading" | "reload" | "more"> & {
  rows: readonly DocumentRow[];
};

function DocumentList({ list, exporting }: { list: List; exporting: ReactNode }) {
  const i18n = useWords();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const side = sideIn(search);
  const columns = useColumns(clientId, side);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const scope = side === "sales" ? "SALES" : "PURCHASES";
  const noApproval = useWriteAccess(clientId, scope, "approve");
  const noEdit = useWriteAccess(clientId, scope, "edit");
  const { pack, packing } = usePackDocuments("salesDocuments");
  const batch = useDocumentBatch(() => setSelected(new Set()));
  const change = (part: Partial<DocumentsSearch>, replace = false) =>
    void navigate({ search: (now) => ({ ...now, ...part }), replace });
  const chosen = list.rows.filter(({ id }) => selected.has(id));
  const drafts = chosen.filter(({ status }) => status === "DRAFT");
  const approvable = chosen.filter(waitsForApproval);
  const simplified = chosen.filter(canSubstitute);
  const [substituting, setSubstituting] = useState(false);
  const mailable = chosen.filter(canMail);
  const [mailing, setMailing] = useState(false);
  const filing = search.archived ? "restore" : "archive";
  const warnings = useWarnings();
  // What looks wrong is for a person to open, not for a batch.
  const doubtful = approvable.flatMap((row) => {
    const found = warnings(row.warnings);
    return found.length > 0 ? [{ ...row, why: i18n.t("Left out: {warnings}", { warnings: found.join(" ") }) }] : [];
  });
  const approve = () =>
    batch.start(
      "approve",
      approvable.filter(({ id }) => doubtful.every((one) => one.id !== id)),
      doubtful,
    );
  const file = () => batch.start(filing, chosen);
  const make = (type: DocumentType) => void navigate(rowPlace.newDocument(clientId, side, type));
  const group = i18n.t("Documents");
  useKeys(
    [{ keys: "n", label: i18n.t("New document"), group, run: () => make(search.type ?? usualType(side)) }],
    noEdit === undefined,
  );
  useKeys(
    [{ keys: "a", label: i18n.t("Approve the selected documents"), group, run: approve }],
    approvable.length > 0 && !noApproval && !search.archived,
  );
  useKeys(
    [{ keys: "y", label: i18n.t("Archive or restore the selected documents"), group, run: file }],
    chosen.length > 0 && !noEdit,
  );
  useKeys(
    [
      {
        keys: "f",
        label: i18n.t("Make a full invoice in place of the selected simplified ones"),
        group,
        run: () => setSubstituting(true),
      },
    ],
    simplified.length > 0 && simplified.length === chosen.length && !noEdit,
  );
  useKeys(
    [{ keys: "m", label: i18n.t("Mail the selected documents"), group, run: () => setMailing(true) }],
    side === "sales" && mailable.length > 0 && !noEdit && !search.archived,
  );
  return (
    <ListScreen
      clientId={clientId}
      scope={scope}
      heading={i18n.t("Documents")}
      panel="documents"
      list={list}
      actions={
        <>
          <SearchField value={search.q ?? ""} onChange={(q) => change({ q: q || undefined }, true)} />
          {exporting}
          <NewDocumentMenu type={search.type} side={side} denied={noEdit} onChoose={make} />
        </>
      }
      filters={
        <DocumentFilters
          search={search}
          contactName={search.contact && list.rows[0]?.contact?.name}
          onChange={change}
          onGo={(to) => void navigate({ search: documentsSearch({ ...to, side: search.side }) })}
        />
      }
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
        card={(row) => <RowCard row={row} columns={columns} />}
        bar={
          <BulkBar count={selected.size} onClear={() => setSelected(new Set())}>
            {!search.archived && (
              <Button
                kind="primary"
                hint="A"
                busy={batch.busy}
                denied={
                  noApproval ?? (approvable.length === 0 ? i18n.t("None of these documents waits for approval.") : undefined)
                }
                onClick={approve}
              >
                {i18n.t("{count, plural, one {Approve # document} other {Approve # documents}}", {
                  count: approvable.length - doubtful.length,
                })}
              </Button>
            )}
            {!search.archived && drafts.length > 0 && (
              <Button busy={batch.busy} denied={noEdit} onClick={() => batch.start("submit", drafts)}>
                {i18n.t("{count, plural, one {Send # draft to review} other {Send # drafts to review}}", {
                  count: drafts.length,
                })}
              </Button>
            )}
            {simplified.length > 0 && (
              <Button
                hint="F"
                denied={
                  noEdit ??
                  (simplified.length < chosen.length ? i18n.t("Only issued simplified invoices go into a full one.") : undefined)
                }
                onClick={() => setSubstituting(true)}
              >
                {i18n.t("Full invoice in their place…")}
              </Button>
            )}
            {side === "sales" && !search.archived && (
              <Button
                hint="M"
                denied={noEdit ?? (mailable.length === 0 ? i18n.t("None of these documents can be mailed.") : undefined)}
                onClick={() => setMailing(true)}
              >
                {i18n.t("Mail…")}
              </Button>
            )}
            {side === "sales" && (
              <Button icon="download" busy={packing} onClick={() => void pack(chosen.map(({ id }) => id))}>
                {i18n.t("PDFs in one archive")}
              </Button>
            )}
            <Button hint="Y" busy={batch.busy} denied={noEdit} onClick={file}>
              {search.archived ? i18n.t("Restore") : i18n.t("Archive")}
            </Button>
          </BulkBar>
        }
        empty={<NoDocuments search={search} />}
      />
      {batch.results && <BatchResults results={batch.results} onClose={batch.dismiss} />}
      {mailing && (
        <MailManyDialog
          count={mailable.length}
          busy={batch.busy}
          onClose={() => setMailing(false)}
          onSend={async (how) => {
            await batch.sendMails(
              mailable,
              chosen.filter((row) => !canMail(row)),
              how,
            );
            setMailing(false);
          }}
        />
      )}
      {substituting && <SubstituteDialog clientId={clientId} invoices={simplified} onClose={() => setSubstituting(false)} />}
    </ListScreen>
  );
}

const idOf = ({ id }: DocumentRow) => id;

function usualType(side: DocumentSide): DocumentType {
  return side === "sales" ? "SALES_INVOICE" : "PURCHASE_INVOICE";
}

interface NewDocumentMenuProps {
  /** The kind the list is narrowed to: then there is nothing to choose. */
  type: DocumentType | undefined;
  side: DocumentSide;
  denied: string | undefined;
  onChoose: (type: DocumentType) => void;
}

function NewDocumentMenu({ type, side, denied, onChoose }: NewDocumentMenuProps) {
  const i18n = useWords();
  const types = useDocumentTypes();
  if (type || denied !== undefined) {
    return (
      <Button kind="primary" icon="plus" hint="N" denied={denied} onClick={() => onChoose(type ?? usualType(side))}>
        {types[type ?? usualType(side)]}
      </Button>
    );
  }
  const offered: readonly DocumentType[] = side === "sales" ? SALES_TYPES : PURCHASE_TYPES;
  return (
    <Menu
      label={i18n.t("New")}
      button={{ kind: "primary", icon: "plus" }}
      items={offered.map((one) => ({
        label: types[one],
        hint: one === usualType(side) ? "N" : undefined,
        onChoose: () => onChoose(one),
      }))}
    />
  );
}

function NoDocuments({ search }: { search: DocumentsSearch }) {
  const i18n = useWords();
  const { q, type, read, unpaid, unposted, archived, contact, from, to } = search;
  const narrowed = q ?? type ?? read ?? unpaid ?? unposted ?? archived ?? contact ?? from ?? to;
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
        ? i18n.t("Purchases are made from the papers in the inbox, or by hand.")
        : i18n.t("What the client sells is written here.")}
    </EmptyState>
  );
}
