import { useRead } from "@atrio/kit/graphql";
import {
  Button,
  Denied,
  EmptyState,
  ErrorState,
  Field,
  PageHeading,
  SearchField,
  Select,
  Skeleton,
  Table,
  Tabs,
  useMedia,
} from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { ExportList } from "../app/files";
import { useRowsPerList } from "../app/rows";
import { StatementLink } from "../app/StatementLink";
import { type DocumentOrder, PortalDocuments, PortalDocumentTypes } from "../gql/operations";
import { type DocumentRow, useColumns } from "./columns";
import { DocumentCard } from "./DocumentCard";
import styles from "./Documents.module.css";
import { DownloadProgress } from "./DownloadProgress";
import { noteList } from "./latestList";
import { Pager } from "./Pager";
import { changed, type DocumentsSearch, listOf, ORDERS, TYPES, USUAL_ORDER, variablesOf } from "./search";
import { useDownloads } from "./useDownloads";
import { useLastData } from "./useLastData";
import { useOrders, useTypes } from "./words";

const route = getRouteApi("/$slug/frame/documents");
const NOTHING: ReadonlySet<string> = new Set();

/** Everything the publisher shares with the contact, by type. */
export function Documents() {
  const i18n = useWords();
  const search = route.useSearch();
  const { slug } = route.useParams();
  const navigate = route.useNavigate();
  const rowsPerPage = useRowsPerList();
  const narrow = useMedia("(max-width: 719px)");
  const [selected, setSelected] = useState(NOTHING);
  const types = useTypes();
  const orders = useOrders();
  const tabs = useTabs();
  const list = useRead(PortalDocuments, variablesOf(search, rowsPerPage));
  const connection = useLastData(list)?.portalDocuments;
  const rows = connection?.nodes ?? [];
  const denial = list.denials.at("portalDocuments");
  const mixed = search.type === undefined && tabs.length !== 1;
  const columns = useColumns(slug, mixed, sharedCurrency(rows));
  const downloads = useDownloads(list.reload);
  const change = (part: Partial<DocumentsSearch>, replace = false) =>
    void navigate({ search: (now) => changed(now, part), replace });
  const address = JSON.stringify(search);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was ticked stood in the list of another address.
  useEffect(() => setSelected(NOTHING), [address]);

  useEffect(() => noteList(slug, search), [slug, search]);

  const ticked = rows.filter(({ id }) => selected.has(id));
  const fetchTicked = async () => {
    await downloads.start(ticked.map(({ id, number, type }) => ({ id, name: number ?? types[type].one })));
    setSelected(NOTHING);
  };
  const panel = useRef<HTMLDivElement>(null);
  // Another page begins at its top; another order or search leaves the focus on its button.
  const [turned, setTurned] = useState(0);
  const turn = async (place: Pick<DocumentsSearch, "after" | "page">) => {
    await navigate({ search: (now) => ({ ...now, ...place }), resetScroll: false });
    setTurned((times) => times + 1);
    panel.current?.focus({ preventScroll: true });
    panel.current?.scrollIntoView({ block: "nearest" });
  };
  const title = search.type ? types[search.type].many : i18n.t("Documents");
  return (
    <div className={styles.screen} data-wide data-stale={list.stale || undefined}>
      <PageHeading
        actions={
          <div className={styles.filters}>
            <SearchField value={search.q ?? ""} onChange={(q) => change({ q: q || undefined }, true)} />
            <Field label={i18n.t("Read or not")} labelUnseen>
              {(ids) => (
                <Select
                  {...ids}
                  value={search.read ?? ""}
                  onChange={({ target }) => change({ read: (target.value || undefined) as DocumentsSearch["read"] })}
                >
                  <option value="">{i18n.t("Read: all")}</option>
                  <option value="UNREAD">{i18n.t("Unread only")}</option>
                  <option value="READ">{i18n.t("Read only")}</option>
                </Select>
              )}
            </Field>
            <ExportList name="portalDocuments" from={listOf(search)} packable />
            {narrow && (
              <Field label={i18n.t("Order")} labelUnseen>
                {(ids) => (
                  <Select
                    {...ids}
                    value={search.sort ?? USUAL_ORDER}
                    onChange={({ target }) => change({ sort: sortOf(target.value) })}
                  >
                    {ORDERS.map((order) => (
                      <option key={order} value={order}>
                        {orders[order]}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
            )}
          </div>
        }
      >
        {i18n.t("Documents")}
      </PageHeading>
      {tabs.length > 1 && (
        <Tabs
          label={i18n.t("Documents by type")}
          tabs={[{ id: "", label: i18n.t("All") }, ...tabs]}
          value={search.type ?? ""}
          onChange={(type) => change({ type: TYPES.find((one) => one === type) })}
          controls="documents"
        />
      )}
      <div
        ref={panel}
        id="documents"
        role="tabpanel"
        tabIndex={-1}
        aria-label={title}
        aria-busy={list.stale}
        className={styles.panel}
      >
        {connection ? (
          <Table
            key={turned}
            label={title}
            columns={columns}
            rows={rows}
            rowId={idOf}
            total={connection.totalCount ?? undefined}
            order={search.sort ?? USUAL_ORDER}
            onOrder={(order) => change({ sort: sortOf(order) })}
            onOpen={({ id }) => void navigate({ to: "/$slug/documents/$documentId", params: { slug, documentId: id } })}
            selected={selected}
            onSelected={downloads.progress ? undefined : setSelected}
            bar={
              downloads.progress ? (
                <DownloadProgress downloads={downloads} />
              ) : (
                <>
                  <span role="status">
                    {i18n.t("{count, plural, one {# document ticked} other {# documents ticked}}", { count: ticked.length })}
                  </span>
                  <Button kind="primary" icon="download" onClick={() => void fetchTicked()}>
                    PDF
                  </Button>
                </>
              )
            }
            card={(row) => <DocumentCard row={row} slug={slug} mixed={mixed} />}
            empty={<NoDocuments search={search} onAll={() => change({ q: undefined, read: undefined })} />}
          />
        ) : list.loading ? (
          <Skeleton rows={10} />
        ) : denial ? (
          <Denied denial={denial} />
        ) : (
          list.failure && <ErrorState failure={list.failure} onRetry={list.reload} />
        )}
      </div>
      {connection && rows.length > 0 && (
        <Pager
          search={search}
          rowsPerPage={rowsPerPage}
          rows={rows.length}
          total={connection.totalCount ?? undefined}
          next={connection.pageInfo.hasNextPage ? (connection.pageInfo.endCursor ?? undefined) : undefined}
          onGo={turn}
        />
      )}
      <StatementLink />
    </div>
  );
}

/** The one currency of all rows; then it stands in the heads and not in every cell. */
function sharedCurrency([first, ...others]: readonly DocumentRow[]): string | undefined {
  return first && others.every(({ currency }) => currency === first.currency) ? first.currency : undefined;
}

const idOf = ({ id }: DocumentRow) => id;

const sortOf = (order: string) => (order === USUAL_ORDER ? undefined : (order as DocumentOrder));

/** Only types of which there are documents. */
function useTabs() {
  const types = useTypes();
  const counts = useRead(PortalDocumentTypes, {}).data;
  return TYPES.flatMap((type) => {
    const count = counts?.[type]?.totalCount ?? 0;
    return count > 0 ? [{ id: type, label: types[type].many, count }] : [];
  });
}

function NoDocuments({ search: { q, read }, onAll }: { search: DocumentsSearch; onAll: () => void }) {
  const i18n = useWords();
  if (q !== undefined || read !== undefined)
    return (
      <EmptyState
        title={i18n.t("No document fits this search.")}
        icon="search"
        act={<Button onClick={onAll}>{i18n.t("Show all")}</Button>}
      />
    );
  return (
    <EmptyState title={i18n.t("No documents yet.")} icon="document">
      {i18n.t("Estimates, invoices and whatever else is issued to you will stand here.")}
    </EmptyState>
  );
}
