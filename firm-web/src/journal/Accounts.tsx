import { isZero, useFormats } from "@atrio/kit/format";
import { useRead, useWrite } from "@atrio/kit/graphql";
import { Button, Checkbox, type Column, EmptyState, Menu, SearchField, sayDone, Table } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { ExportList } from "../app/files";
import { Filters, ListScreen, RowCard } from "../app/Screen";
import { useWriteAccess } from "../app/useWriteAccess";
import { ArchiveLedgerAccount, LedgerAccounts, type LedgerAccountsQuery } from "../gql/operations";
import { AccountDialog } from "./AccountDialogs";

type Account = NonNullable<LedgerAccountsQuery["ledgerAccounts"]>[number];

const route = getRouteApi("/frame/c/$clientId/journal/accounts");

/** The chart of accounts with balances; each opens its lines. */
export function AccountsScreen() {
  const i18n = useWords();
  const { clientId } = route.useParams();
  const { q, used, away } = route.useSearch();
  const navigate = route.useNavigate();
  const read = useRead(LedgerAccounts, { companyId: clientId, search: q });
  const rows = (read.data?.ledgerAccounts ?? []).filter(
    ({ balance, archivedAt }) => (archivedAt !== null) === (away ?? false) && (!used || !isZero(balance ?? "0.00")),
  );
  const [naming, setNaming] = useState<Account | "new">();
  const noEdit = useWriteAccess(clientId, "JOURNAL", "edit");
  const [archive] = useWrite(ArchiveLedgerAccount);
  const putAway = async ({ id, code, archivedAt }: Account) => {
    const { data, failure, denials } = await archive({ id, archived: archivedAt === null });
    const said =
      failure?.message ?? data?.archiveLedgerAccount?.refusals[0]?.message ?? denials.at("archiveLedgerAccount")?.message;
    if (said !== undefined) return sayDone({ text: said, tone: "bad" });
    sayDone({
      text:
        archivedAt === null ? i18n.t("Account {code} put away.", { code }) : i18n.t("Account {code} taken out again.", { code }),
    });
  };
  const columns = useColumns(clientId, { denied: noEdit, rename: setNaming, putAway: (account) => void putAway(account) });
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
        <>
          <SearchField
            value={q ?? ""}
            onChange={(text) => void navigate({ search: (now) => ({ ...now, q: text || undefined }), replace: true })}
          />
          <ExportList name="ledgerAccounts" from={{ companyId: clientId, search: q }} />
          <Button kind="primary" icon="plus" denied={noEdit} onClick={() => setNaming("new")}>
            {i18n.t("New account…")}
          </Button>
        </>
      }
      filters={
        <Filters>
          <Checkbox
            label={i18n.t("Only with a balance")}
            checked={used ?? false}
            onChange={(event) => void navigate({ search: (now) => ({ ...now, used: event.target.checked || undefined }) })}
          />
          <Checkbox
            label={i18n.t("Put away accounts")}
            checked={away ?? false}
            onChange={(event) => void navigate({ search: (now) => ({ ...now, away: event.target.checked || undefined }) })}
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
        card={(row) => <RowCard row={row} columns={columns} />}
        empty={<EmptyState title={i18n.t("No account fits this search.")} icon="search" />}
      />
      {naming && (
        <AccountDialog clientId={clientId} account={naming === "new" ? undefined : naming} onClose={() => setNaming(undefined)} />
      )}
    </ListScreen>
  );
}

interface Acts {
  denied: string | undefined;
  rename: (account: Account) => void;
  putAway: (account: Account) => void;
}

const idOf = ({ id }: Account) => id;

function useColumns(clientId: string, given: Acts): readonly Column<Account>[] {
  const i18n = useWords();
  const f = useFormats();
  const acts = useRef(given);
  acts.current = given;
  const { denied } = given;
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
      {
        id: "balance",
        header: i18n.t("Balance"),
        width: "140px",
        align: "end",
        cell: (row) => (
          <Link to="/c/$clientId/journal/accounts/$accountId" params={{ clientId, accountId: row.id }} tabIndex={-1}>
            {f.money(row.balance ?? "0.00")}
          </Link>
        ),
      },
      {
        id: "acts",
        header: i18n.t("More"),
        width: "72px",
        cell: (row) => (
          <Menu
            label={i18n.t("Acts on {code}", { code: row.code })}
            button={{ kind: "bare", icon: "more", iconOnly: true }}
            items={[
              { label: i18n.t("Rename…"), denied, onChoose: () => acts.current.rename(row) },
              {
                label: row.archivedAt ? i18n.t("Take out again") : i18n.t("Put away"),
                denied,
                onChoose: () => acts.current.putAway(row),
              },
            ]}
          />
        ),
      },
    ],
    [i18n, f, clientId, denied],
  );
}
