import { type Denial, usePages, useRead } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Checkbox, Denied, EmptyState, ErrorState, PageHeading, SearchField, Skeleton, Table, Tabs } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Navigate } from "@tanstack/react-router";
import { useState } from "react";
import { ExportList } from "../app/files";
import { type ClientPlace, clientPlace, rowPlace } from "../app/places";
import { useOwnCompany } from "../app/viewer";
import { type ClientOrder, Clients, type ClientsQuery, type ClientTab, ClientTabs, Viewer } from "../gql/operations";
import { ClientCard } from "./ClientCard";
import styles from "./Clients.module.css";
import { useColumns } from "./columns";
import { type ClientsSearch, IDLE_DAYS, shownTabs, usualTab, variablesOf } from "./search";

export type ClientRow = NonNullable<ClientsQuery["clients"]>["nodes"][number];
export type DeniedIn = (row: ClientRow, field: string) => Denial | undefined;

const route = getRouteApi("/frame/clients");

/** The clients of a firm; who works for one of the clients goes to its own books. */
export function ClientsScreen() {
  const own = useOwnCompany();
  return own ? <Navigate {...rowPlace.documentsIn(own.id, "sales")} replace /> : <ClientList />;
}

/** Every client the viewer may work for, with what waits in each. */
function ClientList() {
  const i18n = useWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [cursor, setCursor] = useState<string>();
  const viewer = useRead(Viewer, {});
  const role = viewer.data?.viewer.role;
  const isTabUnknown = search.tab === undefined && role === undefined && !viewer.failure;
  const variables = variablesOf(search, role);
  const list = usePages(Clients, variables, "clients", (data) => data.clients, isTabUnknown);
  const shown = search.tab ?? usualTab(role);
  const deniedIn: DeniedIn = (row, field) => list.deniedIn(row, field, row.id);
  const columns = useColumns(deniedIn, list.deniedIn);
  const change = (part: Partial<ClientsSearch>, replace = false) =>
    void navigate({ search: (now) => ({ ...now, ...part }), replace });
  const open = (place: ClientPlace, id = cursor) => id && void navigate(clientPlace(id, place));
  const tabs = useTabs(shown);
  const chooseTab = (tab: string) => change({ tab: tab === usualTab(role) ? undefined : (tab as ClientTab) });

  const group = i18n.t("Clients");
  useKeys([
    ...tabs.map(({ id, label }, index) => ({ keys: String(index + 1), label, group, run: () => chooseTab(id) })),
    { keys: "b", label: i18n.t("Bank of this client"), group, run: () => open("bank") },
    { keys: "i", label: i18n.t("Inbox of this client"), group, run: () => open("inbox") },
    { keys: "g j", label: i18n.t("Journal of this client"), group, run: () => open("journal") },
  ]);

  return (
    <div className={styles.screen}>
      <div className={styles.head}>
        <PageHeading
          actions={
            <>
              <SearchField value={search.q ?? ""} onChange={(q) => change({ q: q || undefined }, true)} />
              <Checkbox
                label={i18n.t("Without a manager")}
                checked={search.unassigned ?? false}
                onChange={(event) => change({ unassigned: event.target.checked || undefined })}
              />
              <Checkbox
                label={i18n.t("Nothing changed for {count} days", { count: IDLE_DAYS })}
                checked={search.idle ?? false}
                onChange={(event) => change({ idle: event.target.checked || undefined })}
              />
              <ExportList name="clients" from={variables} />
            </>
          }
        >
          {i18n.t("Clients")}
        </PageHeading>
        <Tabs
          label={i18n.t("Clients by state")}
          tabs={tabs}
          value={isTabUnknown ? "" : shown}
          onChange={chooseTab}
          controls="clients"
        />
      </div>
      <div id="clients" role="tabpanel" aria-label={i18n.t("Clients")} className={styles.panel}>
        {list.loading || isTabUnknown ? (
          <Skeleton rows={12} />
        ) : list.failure && list.rows.length === 0 ? (
          <ErrorState failure={list.failure} onRetry={list.reload} />
        ) : list.denied ? (
          <Denied denial={list.denied} />
        ) : (
          <Table
            label={i18n.t("Clients")}
            columns={columns}
            rows={list.rows}
            rowId={idOf}
            total={list.total}
            order={search.sort ?? "NAME_ASC"}
            onOrder={(order) => change({ sort: order === "NAME_ASC" ? undefined : (order as ClientOrder) })}
            onOpen={({ id }) => open("overview", id)}
            cursor={cursor}
            onCursor={setCursor}
            onMore={list.more}
            card={(row) => <ClientCard row={row} columns={columns} />}
            empty={<NoClients searched={search.q !== undefined || search.unassigned === true || search.idle === true} />}
          />
        )}
      </div>
    </div>
  );
}

const idOf = ({ id }: ClientRow) => id;

function NoClients({ searched }: { searched: boolean }) {
  const i18n = useWords();
  if (searched) return <EmptyState title={i18n.t("No client fits this search.")} icon="search" />;
  return (
    <EmptyState title={i18n.t("No clients here yet.")} icon="people">
      {i18n.t("A client appears when its company grants your firm access, and here when you are made its manager.")}
    </EmptyState>
  );
}

function useTabs(chosen: ClientTab) {
  const i18n = useWords();
  const counts = useRead(ClientTabs, {}).data;
  const count: Record<ClientTab, number | undefined> = {
    MY_CLIENTS: counts?.mine?.totalCount,
    ALL: counts?.all?.totalCount,
  };
  const labels: Record<ClientTab, string> = {
    MY_CLIENTS: i18n.t("My clients"),
    ALL: i18n.t("All"),
  };
  return shownTabs(count, chosen).map((tab) => ({ id: tab, label: labels[tab], count: count[tab] }));
}
