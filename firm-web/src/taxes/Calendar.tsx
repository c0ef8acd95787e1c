import { localDate, useFormats } from "@atrio/kit/format";
import { useRead } from "@atrio/kit/graphql";
import { Button, type Column, EmptyState, Status, Table } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { Filters, ListScreen, RowCard } from "../app/Screen";
import { useWriteAccess } from "../app/useWriteAccess";
import { TaxCalendarPage, type TaxCalendarPageQuery } from "../gql/operations";
import { ProfileDialog } from "./ProfileDialog";
import { lastPeriod, modelNumber } from "./search";
import styles from "./Taxes.module.css";
import { useTaxWords } from "./words";
import { YearChoice } from "./YearChoice";

type Obligation = NonNullable<TaxCalendarPageQuery["taxCalendar"]>["obligations"][number];

const route = getRouteApi("/frame/c/$clientId/taxes");

/** What the client files for a year: last days, where each return stands, and what it comes to. */
export function CalendarScreen() {
  const i18n = useWords();
  const words = useTaxWords();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const year = search.year ?? lastPeriod(localDate()).year;
  const read = useRead(TaxCalendarPage, { companyId: clientId, year });
  const closed = useWriteAccess(clientId, "TAXES", "edit");
  const [changing, setChanging] = useState(false);
  const calendar = read.data?.taxCalendar;
  const rows = calendar?.obligations ?? [];
  const columns = useColumns(clientId, year);
  const open = ({ model, period }: Obligation) =>
    void navigate({
      to: "/c/$clientId/taxes/$model/$year/$period",
      params: { clientId, model: modelNumber(model), year: String(year), period },
    });
  const profile = calendar?.profile;
  return (
    <ListScreen
      clientId={clientId}
      scope="TAXES"
      heading={i18n.t("Taxes")}
      panel="obligations"
      list={{ ...read, rows, denied: read.denials.at("taxCalendar") }}
      detail={
        profile && (
          <span>
            {words.taxpayers[profile.taxpayer as keyof typeof words.taxpayers]} ·{" "}
            {words.schemes[profile.vatScheme as keyof typeof words.schemes]} ·{" "}
            {words.territories[profile.territory as keyof typeof words.territories]}
          </span>
        )
      }
      actions={
        <>
          <Link to="/c/$clientId/taxes/books" params={{ clientId }}>
            {i18n.t("VAT books")}
          </Link>
          <Button denied={closed} onClick={() => setChanging(true)}>
            {i18n.t("Taxation")}
          </Button>
        </>
      }
      filters={
        <Filters>
          <YearChoice year={year} onChange={(chosen) => void navigate({ search: { year: chosen } })} />
        </Filters>
      }
    >
      <Table
        label={i18n.t("Returns of {year}", { year: String(year) })}
        columns={columns}
        rows={rows}
        rowId={idOf}
        onOpen={open}
        card={(row) => <RowCard row={row} columns={columns} />}
        empty={<EmptyState title={i18n.t("No returns in this year.")} icon="document" />}
      />
      {changing && profile && (
        <ProfileDialog clientId={clientId} profile={profile} onClose={() => setChanging(false)} onDone={read.reload} />
      )}
    </ListScreen>
  );
}

const idOf = ({ model, period }: Obligation) => `${model}-${period}`;

function useColumns(clientId: string, year: number): readonly Column<Obligation>[] {
  const i18n = useWords();
  const f = useFormats();
  const words = useTaxWords();
  return useMemo(() => {
    const day = localDate();
    const late = ({ dueOn, state, isEmpty }: Obligation) => state !== "FILED" && !isEmpty && dueOn < day;
    return [
      {
        id: "model",
        header: i18n.t("Tax return"),
        cell: ({ model, period }) => (
          <Link
            to="/c/$clientId/taxes/$model/$year/$period"
            params={{ clientId, model: modelNumber(model), year: String(year), period }}
          >
            <span className="tabular">{modelNumber(model)}</span> {words.models[model]}
          </Link>
        ),
      },
      { id: "period", header: i18n.t("Period"), width: "130px", cell: ({ period }) => words.period(period) },
      {
        id: "due",
        header: i18n.t("Last day"),
        width: "120px",
        align: "end",
        cell: (row) => <span className={late(row) ? styles.late : undefined}>{f.date(row.dueOn)}</span>,
      },
      {
        id: "state",
        header: i18n.t("State"),
        width: "170px",
        cell: (row) => {
          if (row.problem) return <span title={row.problem}>{i18n.t("Not computed")}</span>;
          if (row.opensOn > day && row.state === "DRAFT") return <Status tone="quiet">{i18n.t("Under way")}</Status>;
          if (row.isEmpty) return <Status tone="quiet">{i18n.t("Nothing to declare")}</Status>;
          if (late(row)) return <Status tone="bad">{i18n.t("Not filed")}</Status>;
          return <Status tone={words.states[row.state].tone}>{words.states[row.state].word}</Status>;
        },
      },
      {
        id: "result",
        header: i18n.t("Result"),
        width: "130px",
        align: "end",
        cell: ({ resultAmount }) => (resultAmount === null ? "–" : f.money(resultAmount)),
      },
    ];
  }, [i18n, f, words, clientId, year]);
}
