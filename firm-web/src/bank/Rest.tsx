import { isZero, useFormats } from "@atrio/kit/format";
import { Button, Select } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useId, useState } from "react";
import { AccountField } from "../app/AccountField";
import { useWriteAccess } from "../app/useWriteAccess";
import styles from "./Bank.module.css";
import type { Match } from "./decisionLog";
import { type Gap, partAmount, type Row } from "./lines";

interface RestProps {
  clientId: string;
  row: Row;
  /** Of the line after what is ticked; negative when that is more than the line has. */
  rest: string;
  /** How many documents are ticked. */
  count: number;
  /** What differs if the ticked documents are taken whole. */
  gap: Gap | undefined;
  denied: string | undefined;
  onMatch: (rest: Pick<Match, "parts" | "difference">, account: string | undefined) => void;
}

interface Account {
  code: string;
  contactId: string | undefined;
}

type Kind = NonNullable<Match["difference"]>;

/** What is left of the line, and the account that may take it: a fee, interest, what nobody knows yet. */
export function Rest({ clientId, row, rest, count, gap, denied, onMatch }: RestProps) {
  const i18n = useWords();
  const f = useFormats();
  const closing = useId();
  const noJournal = useWriteAccess(clientId, "JOURNAL", "edit");
  const [account, setAccount] = useState<Account>();
  const [wanted, setWanted] = useState<Kind>();
  const difference = wanted && gap?.kinds.includes(wanted) ? wanted : undefined;
  const tooMuch = rest.startsWith("-");
  const whole = isZero(rest);
  const code = whole || difference ? undefined : account?.code || undefined;
  const kinds: Record<Kind, string> = {
    WRITE_OFF: i18n.t("Write it off"),
    FEE: i18n.t("Fee of the bank"),
    DISCOUNT: i18n.t("Prompt payment discount"),
  };
  const run = () => {
    const parts = code ? [{ ledgerAccountCode: code, amount: partAmount(row, rest), contactId: account?.contactId }] : [];
    onMatch({ parts, difference }, code);
  };
  return (
    <>
      {gap && (
        <div className={styles.restAccount}>
          <label htmlFor={closing}>{i18n.t("Difference of {amount}", { amount: f.money(gap.amount, row.currency) })}</label>
          <Select
            id={closing}
            value={difference ?? ""}
            onChange={(event) => setWanted((event.target.value || undefined) as Kind)}
          >
            <option value="">{i18n.t("Leave it open")}</option>
            {gap.kinds.map((kind) => (
              <option key={kind} value={kind}>
                {kinds[kind]}
              </option>
            ))}
          </Select>
        </div>
      )}
      {!whole && !difference && (
        <div className={styles.restAccount}>
          <span id="rest-account">{count > 0 ? i18n.t("Rest to account") : i18n.t("To an account")}</span>
          <AccountField
            ids={{ "data-cell": "rest", "aria-label": i18n.t("Account for the rest of the line") }}
            clientId={clientId}
            value={account?.code ?? ""}
            onChoose={(chosen) => setAccount({ code: chosen.code, contactId: chosen.contact?.id })}
          />
        </div>
      )}
      {(count > 0 || code) && (
        <div className={styles.foot}>
          <span className={tooMuch && !code && !difference ? styles.refused : undefined}>
            {whole || difference
              ? i18n.t("The whole line")
              : code
                ? i18n.t("{amount} to account {code}", { amount: f.money(partAmount(row, rest), row.currency), code })
                : tooMuch
                  ? i18n.t("{amount} more than the line has", { amount: f.money(rest.slice(1), row.currency) })
                  : i18n.t("{amount} of the line stay open", { amount: f.money(rest, row.currency) })}
          </span>
          <Button
            kind="primary"
            denied={
              denied ??
              (code || (difference && difference !== "WRITE_OFF") ? noJournal : undefined) ??
              (tooMuch && !code && !difference ? i18n.t("The amounts are more than the line has.") : undefined)
            }
            onClick={run}
          >
            {count > 0
              ? i18n.t("{count, plural, one {Match # document} other {Match # documents}}", { count })
              : i18n.t("Post to {code}", { code: code ?? "" })}
          </Button>
        </div>
      )}
    </>
  );
}
