import { useFormats } from "@atrio/kit/format";
import { useWrite } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, Dialog, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { type DocumentSide, rowPlace } from "../../app/places";
import { problemOf } from "../../app/problemOf";
import { useWriteAccess } from "../../app/useWriteAccess";
import { type PaymentFragment, UndoSettlement } from "../../gql/operations";
import type { PurchasePaper, SalesPaper } from "../DocumentBody";
import styles from "../Documents.module.css";
import { canPay } from "../steps";
import { OffsetDialog } from "./OffsetDialog";
import { PaymentDialog } from "./PaymentDialog";
import { comesIn } from "./paying";

interface PaymentsProps {
  clientId: string;
  side: DocumentSide;
  document: SalesPaper | PurchasePaper;
}

type Asking = { what: "pay" } | { what: "offset" } | { what: "undo"; settlement: PaymentFragment };

/** What was paid or collected, each with its entry; what is open can be paid here or set off against another document. */
export function Payments({ clientId, side, document }: PaymentsProps) {
  const i18n = useWords();
  const f = useFormats();
  const [asking, setAsking] = useState<Asking>();
  const denied = useWriteAccess(clientId, side === "sales" ? "SALES" : "PURCHASES", "approve");
  const settlements = document.settlements ?? [];
  const payable = canPay(document);
  const close = () => setAsking(undefined);
  const record = comesIn(side, document.outstanding) ? i18n.t("Record a collection") : i18n.t("Record a payment");
  useKeys([{ keys: "c", label: record, group: i18n.t("Documents"), run: () => setAsking({ what: "pay" }) }], payable && !denied);
  return (
    <section className={styles.section} aria-labelledby="payments">
      <h2 id="payments">{i18n.t("Payments")}</h2>
      {settlements.length === 0 ? (
        <p className={styles.quiet}>{i18n.t("None yet. They come from matching bank lines, or are entered here.")}</p>
      ) : (
        <ul>
          {settlements.map((one) => (
            <li key={one.id} className={styles.linked}>
              <span>
                {f.date(one.settledOn)} <span className="tabular">{f.money(one.amount, document.currency)}</span>
                <br />
                {one.entryId && <Link {...rowPlace.entry(clientId, one.entryId)}>{i18n.t("Show the entry")}</Link>}
                {!one.entryId && <span className={styles.quiet}>{i18n.t("Set off against another document")}</span>}
                {one.entryId && !one.isByHand && <span className={styles.quiet}> · {i18n.t("with a bank line")}</span>}
              </span>
              {one.isByHand && (
                <Button kind="bare" denied={denied} onClick={() => setAsking({ what: "undo", settlement: one })}>
                  {i18n.t("Undo")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {payable && (
        <div className={styles.acts}>
          <Button denied={denied} hint="C" onClick={() => setAsking({ what: "pay" })}>
            {record}
          </Button>
          {document.contact && (
            <Button denied={denied} onClick={() => setAsking({ what: "offset" })}>
              {i18n.t("Set off…")}
            </Button>
          )}
        </div>
      )}
      {asking?.what === "pay" && <PaymentDialog clientId={clientId} side={side} document={document} onClose={close} />}
      {asking?.what === "offset" && <OffsetDialog clientId={clientId} side={side} document={document} onClose={close} />}
      {asking?.what === "undo" && <UndoDialog settlement={asking.settlement} currency={document.currency} onClose={close} />}
    </section>
  );
}

interface UndoDialogProps {
  settlement: PaymentFragment;
  currency: string;
  onClose: () => void;
}

/** Undoing reverses what was posted, so it is asked once. */
function UndoDialog({ settlement, currency, onClose }: UndoDialogProps) {
  const i18n = useWords();
  const f = useFormats();
  const [undo, busy] = useWrite(UndoSettlement);
  const [refused, setRefused] = useState<string>();
  const run = async () => {
    const problem = problemOf(await undo({ id: settlement.id }), "undoSettlement");
    if (problem) return setRefused(problem.message);
    sayDone({ text: i18n.t("Undone: {amount} is open again.", { amount: f.money(settlement.amount, currency) }) });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width="narrow"
      title={settlement.offsetId ? i18n.t("Undo this offset?") : i18n.t("Undo this payment?")}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" data-autofocus busy={busy} onClick={() => void run()}>
            {i18n.t("Undo")}
          </Button>
        </>
      }
    >
      <p>
        {i18n.t("{amount} of {date} is open again. What was posted is reversed; nothing is deleted.", {
          amount: f.money(settlement.amount, currency),
          date: f.date(settlement.settledOn),
        })}
      </p>
      {refused && (
        <p role="alert" className={styles.refused}>
          {refused}
        </p>
      )}
    </Dialog>
  );
}
