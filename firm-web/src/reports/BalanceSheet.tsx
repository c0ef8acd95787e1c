import { isZero, useFormats } from "@atrio/kit/format";
import { useRead } from "@atrio/kit/graphql";
import { Status } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { BalanceSheet } from "../gql/operations";
import { ReportScreen } from "./ReportScreen";
import styles from "./Reports.module.css";
import { Statement, StatementChoices } from "./Statement";
import { balanceSheetVariables, type StatementSearch } from "./search";

const route = getRouteApi("/frame/c/$clientId/reports/balance-sheet");

/** Balance abreviado: what is owned and owed at the end of a day, with another day beside it. */
export function BalanceSheetScreen() {
  const i18n = useWords();
  const f = useFormats();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const read = useRead(BalanceSheet, balanceSheetVariables(clientId, search));
  const reports = read.data?.reports;
  const sheet = reports?.balanceSheet;
  const change = (part: Partial<StatementSearch>, replace = false) =>
    navigate({ search: (now) => ({ ...now, ...part }), replace });
  const heads = useMemo(
    () => ({ amount: sheet ? f.date(sheet.toOn) : "", prior: sheet ? f.date(sheet.priorTo) : "" }),
    [sheet, f],
  );
  const days = useMemo(() => ({ from: sheet?.fromOn, to: sheet?.toOn ?? "" }), [sheet]);
  const prior = useMemo(() => ({ to: sheet?.priorTo ?? "" }), [sheet]);
  const wrong = sheet?.difference && !isZero(sheet.difference.amount);
  return (
    <ReportScreen
      clientId={clientId}
      heading={i18n.t("Balance sheet")}
      read={read}
      denied={read.denials.at("reports")}
      company={reports}
      days={sheet}
      asOf
      file={{ name: "balanceSheet", more: { compare: search.compare } }}
      search={search}
      onChange={(part) => void change(part)}
      choices={<StatementChoices search={search} onChange={change} />}
    >
      {sheet && (
        <>
          <p className={styles.check}>
            {wrong ? (
              <Status tone="bad">
                {i18n.t("Assets differ from equity and liabilities by {amount}", {
                  amount: f.money(sheet.difference?.amount ?? "0.00"),
                })}
              </Status>
            ) : (
              <Status tone="good">{i18n.t("Assets equal equity and liabilities")}</Status>
            )}
          </p>
          <Statement
            clientId={clientId}
            label={i18n.t("Balance sheet")}
            lines={sheet.lines}
            unmapped={sheet.unmapped}
            days={days}
            prior={prior}
            totalsAbove={2}
            heads={heads}
            search={search}
            onChange={change}
            onDrill={(account, span) =>
              navigate({ to: "/c/$clientId/reports/ledger", params: { clientId }, search: { ...span, account } })
            }
          />
        </>
      )}
    </ReportScreen>
  );
}
