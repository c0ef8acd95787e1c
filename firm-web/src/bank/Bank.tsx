import { useFormats } from "@atrio/kit/format";
import { usePages, useRead } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, Checkbox, Dialog, DoneState, EmptyState, SearchField, Select, Table, Tabs, useMedia } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { ExportList } from "../app/files";
import { Filters, ListScreen } from "../app/Screen";
import { useWriteAccess } from "../app/useWriteAccess";
import { BankAccounts, type BankLineOrder, BankLines } from "../gql/operations";
import { AccountStrip } from "./AccountStrip";
import styles from "./Bank.module.css";
import { useColumns } from "./columns";
import { ImportDialog } from "./ImportDialog";
import { LineCard } from "./LineCard";
import { LineDetail } from "./LineDetail";
import { isOpen, keptCursor, type Line, nextOpen, overlay, proposedLabel, proposedMatch, type Row, sureLines } from "./lines";
import { type BankSearch, variablesOf } from "./search";
import { useDecidedCounts } from "./useDecidedCounts";
import { useDecisions } from "./useDecisions";

const route = getRouteApi("/frame/c/$clientId/bank");
const CERTAINTIES = [100, 97, 95, 90, 80];

/** Accounts of the client and their lines: import, match, take back, mostly with Enter. */
export function BankScreen() {
  const i18n = useWords();
  const f = useFormats();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const variables = variablesOf(clientId, search);
  const list = usePages(BankLines, variables, "bankLines", (data) => data.bankLines);
  const accounts = useRead(BankAccounts, { id: clientId });
  const { log, decisions, match } = useDecisions();
  const lines: readonly Line[] = list.rows;
  const rows = useMemo(() => overlay(lines, decisions), [lines, decisions]);
  const columns = useColumns();
  const [cursor, setCursor] = useCursor(rows);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [certainty, setCertainty] = useState(97);
  const [importing, setImporting] = useState(false);
  const [looking, setLooking] = useState(false);
  const narrow = useMedia("(max-width: 999px)");
  const closed = useWriteAccess(clientId, "BANKING", "edit");
  const decided = useDecidedCounts(decisions, accounts.data, accounts.reload);

  const first = lines[0];
  // biome-ignore lint/correctness/useExhaustiveDependencies: another first line is another answer of the gateway.
  useEffect(() => {
    if (!list.stale) log.settle();
  }, [log, first, list.stale]);
  const reload = () => {
    list.reload();
    accounts.reload();
  };

  const change = (part: Partial<BankSearch>, replace = false) =>
    void navigate({ search: (now) => ({ ...now, ...part }), replace });
  const inHand = rows.find(({ id }) => id === cursor);
  const accept = (row: Row | undefined) => {
    const proposed = row && proposedMatch(row);
    if (!proposed || !isOpen(row) || closed) return;
    match(row, proposed, proposedLabel(row));
  };
  const acceptAndGoOn = (row: Row) => {
    if (!isOpen(row) || !row.proposal) return setLooking(narrow);
    accept(row);
    setCursor(nextOpen(rows, row.id) ?? row.id);
  };
  const sure = sureLines(rows, certainty);
  const acceptAll = (many: readonly Row[]) => {
    for (const row of many) accept(row);
    setSelected(new Set());
    setCursor(nextOpen(overlay(lines, log.decisions), many.at(-1)?.id) ?? cursor);
  };
  const chosen = rows.filter((row) => selected.has(row.id) && isOpen(row) && row.proposal);
  const group = i18n.t("Bank");
  useKeys([
    {
      keys: "Shift+A",
      label: i18n.t("Accept all proposals that are sure enough"),
      group,
      run: () => acceptAll(sure),
    },
    { keys: "i", label: i18n.t("Import a statement"), group, run: () => setImporting(true) },
  ]);
  const known = accounts.data?.client?.bankAccounts ?? [];
  const denied = accounts.denials.at("client.bankAccounts", { companyId: clientId });
  const detail = inHand && (
    <LineDetail
      key={inHand.id}
      clientId={clientId}
      row={inHand}
      denied={closed}
      onMatch={(what, label) => {
        match(inHand, what, label);
        setLooking(false);
        setCursor(nextOpen(rows, inHand.id) ?? inHand.id);
      }}
      onChanged={reload}
    />
  );
  return (
    <ListScreen
      clientId={clientId}
      scope="BANKING"
      heading={i18n.t("Bank")}
      panel="lines"
      list={list}
      actions={
        <>
          <SearchField value={search.q ?? ""} onChange={(q) => change({ q: q || undefined }, true)} />
          <ExportList name="bankLines" from={variables} />
          <Button kind="primary" icon="upload" hint="I" denied={closed} onClick={() => setImporting(true)}>
            {i18n.t("Import a statement")}
          </Button>
        </>
      }
      filters={
        <>
          {!denied && (
            <AccountStrip
              accounts={known}
              chosen={search.account}
              decided={decided}
              onChoose={(account) => change({ account })}
            />
          )}
          <Filters>
            <Tabs
              label={i18n.t("Lines by kind")}
              controls="lines"
              value={search.show ?? "all"}
              onChange={(id) => change({ show: id === "all" ? undefined : (id as BankSearch["show"]) })}
              tabs={[
                { id: "all", label: i18n.t("All") },
                { id: "in", label: i18n.t("Money in") },
                { id: "out", label: i18n.t("Money out") },
                { id: "none", label: i18n.t("No proposal") },
              ]}
            />
            <Checkbox
              label={i18n.t("Hide done")}
              checked={search.open ?? false}
              onChange={(event) => change({ open: event.target.checked || undefined })}
            />
            <div className={styles.bulk}>
              <label htmlFor="certainty">{i18n.t("Certainty at least")}</label>
              <Select id="certainty" value={certainty} onChange={(event) => setCertainty(Number(event.target.value))}>
                {CERTAINTIES.map((one) => (
                  <option key={one} value={one}>
                    {f.percent(String(one))}
                  </option>
                ))}
              </Select>
              <Button
                hint="Shift A"
                denied={closed ?? (sure.length === 0 ? i18n.t("No open line is that sure.") : undefined)}
                onClick={() => acceptAll(sure)}
              >
                {i18n.t("{count, plural, one {Accept # line} other {Accept # lines}}", { count: sure.length })}
              </Button>
            </div>
          </Filters>
        </>
      }
    >
      <div className={narrow ? styles.rows : styles.split} style={narrow ? { flex: 1 } : undefined}>
        <div className={styles.rows}>
          <Table
            label={i18n.t("Bank lines")}
            columns={columns}
            rows={rows}
            rowId={idOf}
            total={list.total}
            order={search.sort ?? "DATE_DESC"}
            onOrder={(order) => change({ sort: order === "DATE_DESC" ? undefined : (order as BankLineOrder) })}
            onOpen={acceptAndGoOn}
            selected={selected}
            onSelected={setSelected}
            cursor={cursor}
            onCursor={setCursor}
            onMore={list.more}
            rowState={stateOf}
            card={(row) => (
              <LineCard
                row={row}
                onOpen={() => {
                  setCursor(row.id);
                  setLooking(true);
                }}
              />
            )}
            bar={
              <>
                <span>{i18n.t("{count, plural, one {# line selected} other {# lines selected}}", { count: selected.size })}</span>
                <Button
                  denied={closed ?? (chosen.length === 0 ? i18n.t("None of these lines has a proposal.") : undefined)}
                  onClick={() => acceptAll(chosen)}
                >
                  {i18n.t("{count, plural, one {Accept # proposal} other {Accept # proposals}}", { count: chosen.length })}
                </Button>
                <Button kind="bare" hint="Esc" onClick={() => setSelected(new Set())}>
                  {i18n.t("Clear")}
                </Button>
              </>
            }
            empty={<NoLines search={search} accounts={known.length} onImport={() => setImporting(true)} />}
          />
        </div>
        {!narrow && rows.length > 0 && (
          <section className={styles.detail} aria-label={i18n.t("Line in hand")}>
            {detail}
          </section>
        )}
      </div>
      {narrow && (
        <Dialog open={looking && inHand !== undefined} onClose={() => setLooking(false)} title={i18n.t("Line in hand")}>
          <div className={styles.result}>{detail}</div>
        </Dialog>
      )}
      {importing && <ImportDialog clientId={clientId} onImported={reload} onClose={() => setImporting(false)} />}
    </ListScreen>
  );
}

const idOf = ({ id }: Row) => id;
const stateOf = (row: Row) => row.decision?.state;

/** The line in hand is never lost: when it leaves the list its neighbour is taken. */
function useCursor(rows: readonly Row[]): [string | undefined, (id: string | undefined) => void] {
  const [wanted, setWanted] = useState<string>();
  const place = useRef(0);
  const cursor = keptCursor(rows, wanted, place.current);
  useEffect(() => {
    const at = rows.findIndex(({ id }) => id === cursor);
    if (at >= 0) place.current = at;
  }, [rows, cursor]);
  return [cursor, setWanted];
}

function NoLines({ search, accounts, onImport }: { search: BankSearch; accounts: number; onImport: () => void }) {
  const i18n = useWords();
  const filtered = search.q !== undefined || search.show !== undefined || search.account !== undefined;
  if (search.open && !search.q && !search.show && accounts > 0) {
    return <DoneState title={i18n.t("Everything is matched.")}>{i18n.t("Books and bank tell the same story.")}</DoneState>;
  }
  if (filtered) return <EmptyState title={i18n.t("No line fits this search.")} icon="search" />;
  return (
    <EmptyState
      title={i18n.t("No bank lines yet.")}
      icon="bank"
      act={<Button onClick={onImport}>{i18n.t("Import a statement")}</Button>}
    >
      {i18n.t("Lines come from the statement files of the bank, in the format AEB Norma 43.")}
    </EmptyState>
  );
}
