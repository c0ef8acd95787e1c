import { isZero, subtractMoney, useFormats } from "@atrio/kit/format";
import { Badge, Status } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import type { BankAccountsQuery } from "../gql/operations";
import styles from "./Bank.module.css";

export type Account = NonNullable<NonNullable<BankAccountsQuery["client"]>["bankAccounts"]>[number];

interface AccountStripProps {
  accounts: readonly Account[];
  chosen: string | undefined;
  /** Lines decided since the accounts were counted, by account. */
  decided: ReadonlyMap<string, number>;
  onChoose: (id: string | undefined) => void;
}

/** Every account with what is left to match and how far books and bank are apart; one may be chosen. */
export function AccountStrip({ accounts, chosen, decided, onChoose }: AccountStripProps) {
  const i18n = useWords();
  return (
    <ul className={styles.accounts} aria-label={i18n.t("Bank accounts")}>
      {accounts.map((account) => (
        <li key={account.id}>
          <button
            type="button"
            className={styles.account}
            aria-pressed={account.id === chosen}
            onClick={() => onChoose(account.id === chosen ? undefined : account.id)}
          >
            <AccountFigures account={account} decided={decided.get(account.id) ?? 0} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function AccountFigures({ account, decided }: { account: Account; decided: number }) {
  const i18n = useWords();
  const f = useFormats();
  const { name, iban, kind, currency, statementBalance, ledgerBalance, lastImportAt } = account;
  const left = Math.max(0, account.unreconciledCount - decided);
  return (
    <>
      <span className={styles.accountName}>
        <strong>{name}</strong>
        {iban && <span className={styles.quiet}>{`··· ${iban.slice(-4)}`}</span>}
        {kind === "GATEWAY" && <Badge>{i18n.t("Gateway")}</Badge>}
      </span>
      <span className={styles.figures}>
        <Figure label={i18n.t("Statement")} value={statementBalance && f.money(statementBalance, currency)} />
        <Figure label={i18n.t("Books")} value={ledgerBalance && f.money(ledgerBalance, currency)} />
        {statementBalance && ledgerBalance && (
          <Difference amount={subtractMoney(statementBalance, ledgerBalance)} currency={currency} />
        )}
      </span>
      <span className={styles.quiet}>
        {left === 0
          ? i18n.t("All matched")
          : i18n.t("{count, plural, one {# line to match} other {# lines to match}}", { count: left })}
        {lastImportAt && ` · ${i18n.t("imported {when}", { when: f.relative(lastImportAt) })}`}
      </span>
    </>
  );
}

function Figure({ label, value }: { label: string; value: string | null | undefined }) {
  return (
    <span className={styles.figure}>
      <span className={styles.quiet}>{label}</span>
      <span className="tabular">{value || "–"}</span>
    </span>
  );
}

function Difference({ amount, currency }: { amount: string; currency: string }) {
  const i18n = useWords();
  const f = useFormats();
  if (isZero(amount)) {
    return (
      <span className={styles.figure}>
        <span className={styles.quiet}>{i18n.t("Difference")}</span>
        <Status tone="good">{i18n.t("none")}</Status>
      </span>
    );
  }
  return <Figure label={i18n.t("Difference")} value={f.money(amount, currency)} />;
}
