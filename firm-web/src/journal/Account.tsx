import { isZero, useFormats } from "@atrio/kit/format";
import { usePages, useRead } from "@atrio/kit/graphql";
import { type Column, EmptyState, Table } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { PeriodFields } from "../app/list/PeriodFields";
import { rowPlace } from "../app/places";
import { Filters, ListScreen, RowCard } from "../app/Screen";
import { LedgerAccounts, LedgerLines, type LedgerLinesQuery } from "../gql/operations";
import { linesVariables } from "./search";

type LedgerLine = NonNullable<LedgerLinesQuery["journalLines"]>["nodes"][number];

const route = getRouteApi("/frame/c/$clientId/journal/accounts/$accountId");

/** Every line of one ledger account. */
export function AccountScreen() {
  const i18n = useWords();
  const f = useFormats();
  const { clientId, accountId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const list = usePages(LedgerLines, linesVariables(clientId, accountId, search), "journalLines", (data) => data.journalLines);
  const account = useRead(LedgerAccounts, { companyId: clientId }).data?.ledgerAccounts?.find(({ id }) => id === accountId);
  const columns = useColumns(clientId);
  return (
    <ListScreen
      clientId={clientId}
      scope="JOURNAL"
      heading={account ? `${account.code} ${account.name}` : i18n.t("Ledger account")}
      panel="ledger"
      list={list}
      detail={
        <>
          <Link to="/c/$clientId/journal/accounts" params={{ clientId }}>
            {i18n.t("Ledger accounts")}
          </Link>
          {account && ` · ${i18n.t("Balance {amount}", { amount: f.money(account.balance ?? "0.00") })}`}
        </>
      }
      filters={
        <Filters>
          <PeriodFields
            from={search.from}
            to={search.to}
            onChange={(part) => void navigate({ search: (now) => ({ ...now, ...part }) })}
          />
        </Filters>
      }
    >
      <Table
        label={i18n.t("Lines")}
        columns={columns}
        rows={list.rows}
        rowId={idOf}
        total={list.total}
        onOpen={({ entry }) => entry && void navigate(rowPlace.entry(clientId, entry.id))}
        onMore={list.more}
        card={(row) => <RowCard row={row} columns={columns} />}
        empty={<EmptyState title={i18n.t("No line in this period.")} icon="journal" />}
      />
    </ListScreen>
  );
}

const idOf = ({ id }: LedgerLine) => id;

function useColumns(clientId: string): readonly Column<LedgerLine>[] {
  const i18n = useWords();
  const f = useFormats();
  return useMemo(
    () => [
      {
        id: "text",
        header: i18n.t("Text"),
        cell: ({ entry, text }) =>
          entry ? <Link {...rowPlace.entry(clientId, entry.id)}>{text || entry.text}</Link> : (text ?? "–"),
      },
      { id: "date", header: i18n.t("Date"), width: "100px", align: "end", cell: ({ entry }) => entry && f.date(entry.entryOn) },
      { id: "number", header: i18n.t("Entry"), width: "80px", align: "end", cell: ({ entry }) => entry?.number ?? "–" },
      {
        id: "debit",
        header: i18n.t("Debit"),
        width: "120px",
        align: "end",
        cell: ({ debit }) => (isZero(debit) ? "" : f.money(debit)),
      },
      {
        id: "credit",
        header: i18n.t("Credit"),
        width: "120px",
        align: "end",
        cell: ({ credit }) => (isZero(credit) ? "" : f.money(credit)),
      },
    ],
    [i18n, f, clientId],
  );
}
