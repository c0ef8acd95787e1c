import { isZero, useFormats } from "@atrio/kit/format";
import { usePages, useRead } from "@atrio/kit/graphql";
import { type Column, EmptyState, Field, Icon, Table, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { rowPlace } from "../app/places";
import { RowCard } from "../app/Screen";
import { useReadAccess } from "../app/useReadAccess";
import { LedgerCard, type LedgerCardQuery } from "../gql/operations";
import { ReportScreen } from "./ReportScreen";
import styles from "./Reports.module.css";
import { type LedgerCardSearch, ledgerCardVariables } from "./search";

type Card = NonNullable<NonNullable<LedgerCardQuery["reports"]>["ledgerCard"]>;
type Line = NonNullable<Card["lines"]>["nodes"][number];

const route = getRouteApi("/frame/c/$clientId/reports/ledger");

/** The lines behind a figure: an account, or all accounts that begin so, with the balance after each line. */
export function LedgerCardScreen() {
  const i18n = useWords();
  const f = useFormats();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const variables = ledgerCardVariables(clientId, search);
  const read = useRead(LedgerCard, variables);
  const list = usePages(LedgerCard, variables, "reports.ledgerCard.lines", (data) => data.reports?.ledgerCard?.lines);
  const reports = read.data?.reports;
  const card = reports?.ledgerCard;
  const change = (part: Partial<LedgerCardSearch>) => void navigate({ search: (now) => ({ ...now, ...part }) });
  const several = card ? list.rows.some(({ code }) => code !== card.account) : false;
  const columns = useColumns(clientId, several);
  const canOpen = !useReadAccess(clientId, "JOURNAL");
  const heading = card?.account ? `${card.account} ${card.name ?? ""}`.trim() : i18n.t("Ledger card");
  return (
    <ReportScreen
      clientId={clientId}
      heading={heading}
      read={read}
      denied={read.denials.at("reports")}
      company={reports}
      days={card}
      search={search}
      onChange={change}
      closings
      file={{ name: "ledgerCard", more: { account: search.account ?? "", includeClosings: search.closings } }}
      choices={<AccountField key={search.account ?? ""} account={search.account} onChange={(account) => change({ account })} />}
    >
      {card && (
        <dl className={styles.figures}>
          <Figure label={i18n.t("Carried forward")} value={f.money(card.opening)} />
          <Figure label={i18n.t("Debit")} value={f.money(card.debit)} />
          <Figure label={i18n.t("Credit")} value={f.money(card.credit)} />
          <Figure label={i18n.t("Balance")} value={f.money(card.closing)} />
        </dl>
      )}
      <Table
        label={i18n.t("Lines")}
        columns={columns}
        rows={list.rows}
        rowId={idOf}
        total={list.total}
        onOpen={canOpen ? ({ entryId }) => void navigate(rowPlace.entry(clientId, entryId)) : undefined}
        onMore={list.more}
        card={(row) => <RowCard row={row} columns={columns} />}
        empty={<EmptyState title={i18n.t("No line in this period.")} icon="journal" />}
      />
    </ReportScreen>
  );
}

const idOf = ({ id }: Line) => id;

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Another account or beginning of codes, understood on Enter or when left. */
function AccountField({ account, onChange }: { account: string | undefined; onChange: (account: string | undefined) => void }) {
  const i18n = useWords();
  const commit = (text: string) => text.trim() !== (account ?? "") && onChange(text.trim() || undefined);
  return (
    <Field label={i18n.t("Account or beginning of codes")} labelUnseen>
      {(ids) => (
        <TextInput
          {...ids}
          className={styles.code}
          inputMode="numeric"
          placeholder={i18n.t("Account")}
          defaultValue={account}
          onBlur={({ target }) => commit(target.value)}
          onKeyDown={(event) => event.key === "Enter" && commit(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

function useColumns(clientId: string, several: boolean): readonly Column<Line>[] {
  const i18n = useWords();
  const f = useFormats();
  const canOpen = !useReadAccess(clientId, "JOURNAL");
  return useMemo(() => {
    const amount = (id: "debit" | "credit", header: string): Column<Line> => ({
      id,
      header,
      width: "112px",
      align: "end",
      cell: (row) => (isZero(row[id]) ? "" : f.money(row[id])),
    });
    const account: Column<Line> = {
      id: "account",
      header: i18n.t("Account"),
      width: "96px",
      cell: ({ code, name }) => (
        <span className="tabular" title={name}>
          {code}
        </span>
      ),
    };
    return [
      {
        id: "text",
        header: i18n.t("Text"),
        cell: ({ entryId, text }) => (canOpen ? <Link {...rowPlace.entry(clientId, entryId)}>{text}</Link> : text),
      },
      ...(several ? [account] : []),
      { id: "date", header: i18n.t("Date"), width: "100px", align: "end", cell: ({ entryOn }) => f.date(entryOn) },
      { id: "number", header: i18n.t("Entry"), width: "92px", align: "end", cell: ({ number }) => number },
      { id: "counter", header: i18n.t("Counter-account"), width: "112px", cell: ({ counterAccount }) => counterAccount ?? "–" },
      {
        id: "document",
        header: i18n.t("Document"),
        width: "128px",
        cell: (row) => <DocumentLink clientId={clientId} line={row} />,
      },
      amount("debit", i18n.t("Debit")),
      amount("credit", i18n.t("Credit")),
      { id: "balance", header: i18n.t("Balance"), width: "120px", align: "end", cell: ({ balance }) => f.money(balance) },
      {
        id: "reconciled",
        header: i18n.t("Settled"),
        width: "72px",
        cell: ({ reconciled }) =>
          reconciled && (
            <>
              <Icon name="check" />
              <span className="unseen">{i18n.t("Settled")}</span>
            </>
          ),
      },
    ];
  }, [i18n, f, clientId, several, canOpen]);
}

function DocumentLink({ clientId, line }: { clientId: string; line: Line }) {
  const { documentId, documentNumber, documentSide } = line;
  if (!documentId || !documentSide) return null;
  const side = documentSide === "SALES" ? "sales" : "purchases";
  return <Link {...rowPlace.document(clientId, side, documentId)}>{documentNumber ?? "–"}</Link>;
}
