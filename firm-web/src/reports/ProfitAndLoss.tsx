import { useFormats } from "@atrio/kit/format";
import { useRead } from "@atrio/kit/graphql";
import { useWords } from "@atrio/kit/words";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { ProfitAndLoss } from "../gql/operations";
import { useSpanName } from "./PeriodChoice";
import { spanOf } from "./periods";
import { ReportScreen } from "./ReportScreen";
import { Statement, StatementChoices } from "./Statement";
import { profitAndLossVariables, type StatementSearch } from "./search";

const route = getRouteApi("/frame/c/$clientId/reports/profit-and-loss");

/** Cuenta de pérdidas y ganancias: what a period earned, with another beside it. */
export function ProfitAndLossScreen() {
  const i18n = useWords();
  const f = useFormats();
  const spanName = useSpanName();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const read = useRead(ProfitAndLoss, profitAndLossVariables(clientId, search));
  const reports = read.data?.reports;
  const report = reports?.profitAndLoss;
  const change = (part: Partial<StatementSearch>, replace = false) =>
    navigate({ search: (now) => ({ ...now, ...part }), replace });
  const named = (from: string, to: string) => {
    const span = spanOf(reports?.years ?? [], from, to);
    return span ? spanName(span) : `${f.date(from)}–${f.date(to)}`;
  };
  const days = useMemo(() => ({ from: report?.fromOn, to: report?.toOn ?? "" }), [report]);
  const prior = useMemo(() => ({ from: report?.priorFrom, to: report?.priorTo ?? "" }), [report]);
  const heads = {
    amount: report ? named(report.fromOn, report.toOn) : "",
    prior: report ? named(report.priorFrom, report.priorTo) : "",
  };
  return (
    <ReportScreen
      clientId={clientId}
      heading={i18n.t("Profit and loss")}
      read={read}
      denied={read.denials.at("reports")}
      company={reports}
      days={report}
      search={search}
      onChange={(part) => void change(part)}
      closings
      file={{ name: "profitAndLoss", more: { compare: search.compare, includeClosings: search.closings } }}
      choices={<StatementChoices search={search} onChange={change} />}
    >
      {report && (
        <Statement
          clientId={clientId}
          label={i18n.t("Profit and loss")}
          lines={report.lines}
          unmapped={report.unmapped}
          days={days}
          prior={prior}
          totalsAbove={1}
          heads={heads}
          search={search}
          onChange={change}
          onDrill={(account, span) =>
            navigate({
              to: "/c/$clientId/reports/ledger",
              params: { clientId },
              search: { ...span, closings: search.closings, account },
            })
          }
        />
      )}
    </ReportScreen>
  );
}
