import { isZero, useFormats } from "@atrio/kit/format";
import { Button } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useState } from "react";
import { AccountField } from "../app/AccountField";
import { useWriteAccess } from "../app/useWriteAccess";
import styles from "./Bank.module.css";
import type { Part } from "./decisionLog";
import { partAmount, type Row } from "./lines";

interface RestProps {
  clientId: string;
  row: Row;
  /** Of the line after what is ticked; negative when that is more than the line has. */
  rest: string;
  /** How many documents are ticked. */
  count: number;
  denied: string | undefined;
  onMatch: (parts: readonly Part[], account: string | undefined) => void;
}

interface Account {
  code: string;
  contactId: string | undefined;
}

/** What is left of the line, and the account that may take it: a fee, interest, what nobody knows yet. */
export function Rest({ clientId, row, rest, count, denied, onMatch }: RestProps) {
  const i18n = useWords();
  const f = useFormats();
  const noJournal = useWriteAccess(clientId, "JOURNAL", "edit");
  const [account, setAccount] = useState<Account>();
  const tooMuch = rest.startsWith("-");
  const whole = isZero(rest);
  const code = whole ? undefined : account?.code || undefined;
  const run = () =>
    onMatch(code ? [{ ledgerAccountCode: code, amount: partAmount(row, rest), contactId: account?.contactId }] : [], code);
  return (
    <>
      {!whole && (
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
          <span className={tooMuch && !code ? styles.refused : undefined}>
            {whole
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
              (code ? noJournal : undefined) ??
              (tooMuch && !code ? i18n.t("The amounts are more than the line has.") : undefined)
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
