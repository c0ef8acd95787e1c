import { useFormats } from "@atrio/kit/format";
import { usePages } from "@atrio/kit/graphql";
import { Button, type Column, EmptyState, Select, Table } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { ExportList } from "../app/files";
import { type Chip, FilterChips, without } from "../app/list/FilterChips";
import { PeriodFields } from "../app/list/PeriodFields";
import { Filters, ListScreen, RowCard } from "../app/Screen";
import { useViewer } from "../app/viewer";
import { AuditEvents, type AuditEventsQuery, type AuditOrder, type AuditSubject } from "../gql/operations";
import { LogLine } from "./LogLine";
import { type AuditSearch, eventsVariables, SUBJECTS } from "./search";
import { useSubjects } from "./words";

export type Line = NonNullable<AuditEventsQuery["auditEvents"]>["nodes"][number];

const route = getRouteApi("/frame/c/$clientId/log");

/** Who did what in this client: access, locks, documents, entries, settings. Nobody can change it. */
export function LogScreen() {
  const i18n = useWords();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const variables = eventsVariables(clientId, search);
  const list = usePages(AuditEvents, variables, "auditEvents", (data) => data.auditEvents);
  const [shown, setShown] = useState<Line>();
  const columns = useColumns(setShown);
  const ownOnly = useViewer()?.role === "BOOKKEEPER";
  const go = (to: AuditSearch) => void navigate({ search: to });
  const change = (part: Partial<AuditSearch>) => go({ ...search, ...part });
  return (
    <ListScreen
      clientId={clientId}
      scope="AUDIT"
      heading={i18n.t("Change log")}
      detail={ownOnly ? i18n.t("You see what you did yourself.") : undefined}
      panel="log"
      list={list}
      actions={<ExportList name="auditEvents" from={variables} />}
      filters={
        <>
          <Filters>
            <AboutChoice about={search.about} onChange={(about) => change({ about })} />
            <PeriodFields from={search.from} to={search.to} onChange={change} />
          </Filters>
          <FilterChips chips={useChips(search, list.rows)} onRemove={(ids) => go(without(search, ids))} />
        </>
      }
    >
      <Table
        label={i18n.t("Change log")}
        columns={columns}
        rows={list.rows}
        rowId={({ id }) => id}
        total={list.total}
        order={search.sort ?? "AT_DESC"}
        onOrder={(order) => change({ sort: order === "AT_DESC" ? undefined : (order as AuditOrder) })}
        onOpen={setShown}
        onMore={list.more}
        card={(row) => <RowCard row={row} columns={columns} />}
        empty={<NoLines search={search} />}
      />
      {shown && <LogLine clientId={clientId} line={shown} onOnly={go} onClose={() => setShown(undefined)} />}
    </ListScreen>
  );
}

function AboutChoice({ about, onChange }: { about?: AuditSubject; onChange: (about?: AuditSubject) => void }) {
  const i18n = useWords();
  const subjects = useSubjects();
  return (
    <Select
      aria-label={i18n.t("About")}
      value={about ?? ""}
      onChange={(event) => onChange(SUBJECTS.find((one) => one === event.target.value))}
    >
      <option value="">{i18n.t("About everything")}</option>
      {SUBJECTS.map((one) => (
        <option key={one} value={one}>
          {subjects[one]}
        </option>
      ))}
    </Select>
  );
}

function useColumns(onOpen: (line: Line) => void): readonly Column<Line>[] {
  const i18n = useWords();
  const f = useFormats();
  const subjects = useSubjects();
  return useMemo(
    () => [
      {
        id: "sentence",
        header: i18n.t("What happened"),
        cell: (line) => (
          <Button kind="bare" tabIndex={-1} title={line.sentence} onClick={() => onOpen(line)}>
            {line.sentence}
          </Button>
        ),
      },
      { id: "about", header: i18n.t("About"), width: "150px", cell: ({ about }) => subjects[about] },
      { id: "reason", header: i18n.t("Reason"), width: "180px", cell: ({ reason }) => <span title={reason}>{reason}</span> },
      {
        id: "at",
        header: i18n.t("When"),
        width: "150px",
        align: "end",
        sort: { asc: "AT_ASC", desc: "AT_DESC" },
        cell: ({ at }) => <span className="tabular">{f.instant(at)}</span>,
      },
    ],
    [i18n, f, subjects, onOpen],
  );
}

/** Ids are named by the first line that knows them. */
function useChips({ about, who, of, from, to }: AuditSearch, lines: readonly Line[]): readonly Chip[] {
  const i18n = useWords();
  const f = useFormats();
  const subjects = useSubjects();
  const actor = lines.find(({ actorId }) => actorId === who)?.actorName;
  const subject = lines.find(({ subjectId }) => subjectId === of)?.subjectName;
  const named: [keyof AuditSearch, string | undefined | false][] = [
    ["about", about && i18n.t("About: {subject}", { subject: subjects[about] })],
    ["who", who && i18n.t("Done by: {name}", { name: actor ?? "…" })],
    ["of", of && i18n.t("Only: {name}", { name: subject || "…" })],
    ["from", from && i18n.t("From {day}", { day: f.date(from) })],
    ["to", to && i18n.t("To {day}", { day: f.date(to) })],
  ];
  return named.flatMap(([id, label]) => (label ? [{ id, label }] : []));
}

function NoLines({ search }: { search: AuditSearch }) {
  const i18n = useWords();
  const { about, who, of, from, to } = search;
  if (about || who || of || from || to) return <EmptyState title={i18n.t("No line fits this search.")} icon="search" />;
  return <EmptyState title={i18n.t("Nothing has been changed yet.")} icon="wait" />;
}
