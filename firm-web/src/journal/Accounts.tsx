import { isZero, useFormats } from "@atrio/kit/format";
import { useRead } from "@atrio/kit/graphql";
import { Checkbox, type Column, EmptyState, SearchField, Table } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { Filters, ListScreen, RowCard } from "../app/Screen";
import { LedgerAccounts, type LedgerAccountsQuery } from "../gql/operations";

type Account = NonNullable<LedgerAccountsQuery["ledgerAccounts"]>[number];

const route = getRouteApi("/frame/c/$clientId/journal/accounts");

/** The chart of accounts with balances; each opens its lines. */
export function AccountsScreen() {
  const i18n = useWords();
  const { clientId } = route.useParams();
  const { q, used } = route.useSearch();
  const navigate = route.useNavigate();
  const read = useRead(LedgerAccounts, { companyId: clientId, search: q });
  const rows = (read.data?.ledgerAccounts ?? []).filter(({ balance }) => !used || !isZero(balance ?? "0.00"));
  const columns = useColumns(clientId);
  const open = (accountId: string) =>
    void navigate({ to: "/c/$clientId/journal/accounts/$accountId", params: { clientId, accountId } });
  return (
    <ListScreen
      clientId={clientId}
      scope="JOURNAL"
      heading={i18n.t("Ledger accounts")}
      panel="accounts"
      list={{ ...read, rows, denied: read.denials.at("ledgerAccounts") }}
      detail={
        <Link to="/c/$clientId/journal" params={{ clientId }}>
          {i18n.t("Journal")}
        </Link>
      }
      actions={
        <SearchField
          value={q ?? ""}
          onChange={(text) => void navigate({ search: (now) => ({ ...now, q: text || undefined }), replace: true })}
        />
      }
      filters={
        <Filters>
          <Checkbox
            label={i18n.t("Only with a balance")}
            checked={used ?? false}
            onChange={(event) => void navigate({ search: (now) => ({ ...now, used: event.target.checked || undefined }) })}
          />
        </Filters>
      }
    >
      <Table
        label={i18n.t("Ledger accounts")}
        columns={columns}
        rows={rows}
        rowId={idOf}
        onOpen={({ id }) => open(id)}
        minWidth={480}
        card={(row) => <RowCard row={row} columns={columns} />}
        empty={<EmptyState title={i18n.t("No account fits this search.")} icon="search" />}
      />
    </ListScreen>
  );
}

const idOf = ({ id }: Account) => id;

function useColumns(clientId: string): readonly Column<Account>[] {
  const i18n = useWords();
  const f = useFormats();
  return useMemo(
    () => [
      {
        id: "code",
        header: i18n.t("Account"),
        width: "110px",
        cell: (row) => (
          <Link to="/c/$clientId/journal/accounts/$accountId" params={{ clientId, accountId: row.id }} className="tabular">
            {row.code}
          </Link>
        ),
      },
      { id: "name", header: i18n.t("Name"), cell: (row) => <span title={row.name}>{row.name}</span> },
      { id: "balance", header: i18n.t("Balance"), width: "140px", align: "end", cell: (row) => f.money(row.balance ?? "0.00") },
    ],
    [i18n, f, clientId],
  );
}
