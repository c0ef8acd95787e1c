import { useFormats } from "@atrio/kit/format";
import { useRead, useWrite } from "@atrio/kit/graphql";
import { Button, DecimalInput, Field, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { rowPlace } from "../app/places";
import { Fact, Facts } from "../app/Screen";
import { BankAccounts, UndoMatch } from "../gql/operations";
import styles from "./Bank.module.css";
import { Candidates, type OnMatch } from "./Candidates";
import { Amount } from "./columns";
import { isOpen, type Row } from "./lines";
import { Aside, SetAside } from "./SetAside";

interface LineDetailProps {
  clientId: string;
  row: Row;
  /** Why nothing may be matched here. */
  denied: string | undefined;
  onMatch: OnMatch;
  /** Something of this line changed behind the list. */
  onChanged: () => void;
}

/** Everything the bank said about one line, and what it could be matched with. */
export function LineDetail({ clientId, row, denied, onMatch, onChanged }: LineDetailProps) {
  const i18n = useWords();
  const f = useFormats();
  const client = useRead(BankAccounts, { id: clientId }).data?.client;
  const account = client?.bankAccounts?.find(({ id }) => id === row.bankAccountId);
  const books = client?.currency;
  const foreign = books !== undefined && books !== row.currency;
  const [rate, setRate] = useState<string | null>(null);
  return (
    <>
      <div className={styles.lineHead}>
        <h2>{row.text}</h2>
        <b>
          <Amount row={row} text={f.money(row.amount, row.currency)} />
        </b>
      </div>
      {row.decision?.state === "refused" && (
        <p role="alert" className={styles.refused}>
          {row.decision.message}
        </p>
      )}
      <Facts>
        <Fact label={i18n.t("Date")}>{f.date(row.operationOn)}</Fact>
        {row.valueOn !== row.operationOn && <Fact label={i18n.t("Value date")}>{f.date(row.valueOn)}</Fact>}
        {row.reference && <Fact label={i18n.t("Reference")}>{row.reference}</Fact>}
        {row.concept && <Fact label={i18n.t("Concept")}>{row.concept}</Fact>}
        {account && <Fact label={i18n.t("Account")}>{account.name}</Fact>}
        {row.entryId && (
          <Fact label={i18n.t("Entry")}>
            <Link {...rowPlace.entry(clientId, row.entryId)}>{i18n.t("Show the entry")}</Link>
          </Fact>
        )}
      </Facts>
      {isOpen(row) && foreign && (
        <Field
          label={i18n.t("1 {currency} in {books}", { currency: row.currency, books: books ?? "" })}
          help={i18n.t("Left empty, the rate of the company's table is taken.")}
        >
          {(ids) => <DecimalInput {...ids} places={8} value={rate} onChange={setRate} />}
        </Field>
      )}
      {isOpen(row) ? (
        <>
          <Candidates
            clientId={clientId}
            row={row}
            denied={denied}
            onMatch={(what, label) => onMatch({ ...what, exchangeRate: (foreign && rate) || undefined }, label)}
          />
          {row.state !== "PARTLY" && <SetAside row={row} denied={denied} onDone={onChanged} />}
        </>
      ) : row.setAsideAt ? (
        <Aside row={row} denied={denied} onDone={onChanged} />
      ) : (
        row.undoToken && !row.decision && <TakeBack token={row.undoToken} denied={denied} onDone={onChanged} />
      )}
    </>
  );
}

/** Undoes a match made earlier, by whomever; the undo history only knows one's own. */
function TakeBack({ token, denied, onDone }: { token: string; denied: string | undefined; onDone: () => void }) {
  const i18n = useWords();
  const [undo, undoing] = useWrite(UndoMatch);
  const run = async () => {
    const { data, failure, denials } = await undo({ token });
    const problem = failure?.message ?? data?.undo?.refusals[0]?.message ?? denials.at("undo")?.message;
    sayDone(problem ? { text: problem, tone: "bad" } : { text: i18n.t("The match was taken back.") });
    if (!problem) onDone();
  };
  return (
    <Button icon="undo" busy={undoing} denied={denied} onClick={() => void run()}>
      {i18n.t("Take this match back")}
    </Button>
  );
}
