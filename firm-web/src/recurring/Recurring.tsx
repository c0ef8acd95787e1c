import { useFormats } from "@atrio/kit/format";
import { usePages } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, type Column, EmptyState, SearchField, Status, Table, Tabs } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { Filters, ListScreen, RowCard } from "../app/Screen";
import { useWriteAccess } from "../app/useWriteAccess";
import { type RecurringOrder, type RecurringState, Recurrings, type RecurringsQuery } from "../gql/operations";
import { type RecurringSearch, STATES, variablesOf } from "./search";
import { useDay, useFollowUps, useFrequencies, useTemplateStates } from "./words";

type Row = NonNullable<RecurringsQuery["recurringInvoices"]>["nodes"][number];

const route = getRouteApi("/frame/c/$clientId/recurring");

/** Templates of invoices that come again. */
export function RecurringScreen() {
  const i18n = useWords();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const states = useTemplateStates();
  const variables = variablesOf(clientId, search);
  const list = usePages(Recurrings, variables, "recurringInvoices", (data) => data.recurringInvoices);
  const columns = useColumns(clientId);
  const closed = useWriteAccess(clientId, "RECURRING", "edit");
  const change = (part: Partial<RecurringSearch>, replace = false) =>
    void navigate({ search: (now) => ({ ...now, ...part }), replace });
  const make = () => void navigate({ to: "/c/$clientId/recurring/new", params: { clientId }, search: {} });
  useKeys([{ keys: "n", label: i18n.t("New template"), group: i18n.t("Recurring invoices"), run: make }], !closed);
  return (
    <ListScreen
      clientId={clientId}
      scope="RECURRING"
      heading={i18n.t("Recurring invoices")}
      panel="recurring"
      list={list}
      actions={
        <>
          <SearchField value={search.q ?? ""} onChange={(q) => change({ q: q || undefined }, true)} />
          <Button kind="primary" icon="plus" hint="N" denied={closed} onClick={make}>
            {i18n.t("New template")}
          </Button>
        </>
      }
      filters={
        <Filters>
          <Tabs
            label={i18n.t("Templates by state")}
            controls="recurring"
            value={search.state ?? "all"}
            onChange={(id) => change({ state: id === "all" ? undefined : (id as RecurringState) })}
            tabs={[
              { id: "all", label: i18n.t("All") },
              ...STATES.map((state) => ({ id: state as string, label: states[state].word })),
            ]}
          />
        </Filters>
      }
    >
      <Table
        label={i18n.t("Recurring invoices")}
        columns={columns}
        rows={list.rows}
        rowId={idOf}
        total={list.total}
        order={search.sort ?? "NEXT_ASC"}
        onOrder={(order) => change({ sort: order === "NEXT_ASC" ? undefined : (order as RecurringOrder) })}
        onOpen={({ id }) => void navigate(placeOf(clientId, id))}
        onMore={list.more}
        card={(row) => <RowCard row={row} columns={columns} />}
        empty={<NoTemplates search={search} onMake={closed ? undefined : make} />}
      />
    </ListScreen>
  );
}

const idOf = ({ id }: Row) => id;

const placeOf = (clientId: string, templateId: string) =>
  ({ to: "/c/$clientId/recurring/$templateId", params: { clientId, templateId }, search: {} }) as const;

function NoTemplates({ search, onMake }: { search: RecurringSearch; onMake: (() => void) | undefined }) {
  const i18n = useWords();
  if (search.q || search.state) return <EmptyState title={i18n.t("No template fits this search.")} icon="search" />;
  return (
    <EmptyState
      title={i18n.t("No recurring invoices yet.")}
      icon="document"
      act={onMake && <Button onClick={onMake}>{i18n.t("New template")}</Button>}
    >
      {i18n.t("A template makes the same invoice on every date of its timetable.")}
    </EmptyState>
  );
}

function useColumns(clientId: string): readonly Column<Row>[] {
  const i18n = useWords();
  const f = useFormats();
  const day = useDay();
  const states = useTemplateStates();
  const followUps = useFollowUps();
  const often = useFrequencies();
  return useMemo(
    () => [
      {
        id: "name",
        header: i18n.t("Template"),
        sort: { asc: "NAME_ASC", desc: "NAME_DESC" },
        cell: (row) => (
          <Link {...placeOf(clientId, row.id)} title={row.name}>
            {row.name}
          </Link>
        ),
      },
      { id: "contact", header: i18n.t("Customer"), width: "190px", cell: (row) => row.contact?.name ?? "–" },
      { id: "often", header: i18n.t("How often"), width: "130px", cell: (row) => often(row.frequency, row.every) },
      {
        id: "next",
        header: i18n.t("Next date"),
        width: "104px",
        sort: { asc: "NEXT_ASC", desc: "NEXT_DESC" },
        align: "end",
        cell: (row) => <span className="tabular">{day(row.nextOn)}</span>,
      },
      { id: "follow", header: i18n.t("The invoice"), width: "170px", cell: (row) => followUps[row.followUp] },
      {
        id: "base",
        header: i18n.t("Before tax"),
        sort: { asc: "BASE_ASC", desc: "BASE_DESC" },
        width: "112px",
        align: "end",
        cell: (row) => <span className="tabular">{f.money(row.taxableBase, row.currency)}</span>,
      },
      {
        id: "state",
        header: i18n.t("State"),
        width: "132px",
        sort: { asc: "STATE_ASC", desc: "STATE_DESC" },
        cell: (row) =>
          row.isLate ? (
            <Status tone="bad">{i18n.t("Refused")}</Status>
          ) : (
            <Status tone={states[row.state].tone}>{states[row.state].word}</Status>
          ),
      },
    ],
    [i18n, f, clientId, day, states, followUps, often],
  );
}
