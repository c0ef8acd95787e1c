import { localDate } from "@atrio/kit/format";
import { useWrite } from "@atrio/kit/graphql";
import { Button, Menu, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useState } from "react";
import { useWriteAccess } from "../app/useWriteAccess";
import { ApproveTaxReturn, DiscardTaxCorrection, PrepareTaxReturn, type TaxModel, WithdrawTaxReturn } from "../gql/operations";
import { CorrectDialog } from "./CorrectDialog";
import { FileDialog } from "./FileDialog";
import type { KeptReturn } from "./ReturnFacts";
import { daysOf, periodOf } from "./search";
import styles from "./Taxes.module.css";

interface ReturnActsProps {
  asked: { companyId: string; model: TaxModel; year: number; period: string };
  record?: KeptReturn;
  onDone: () => void;
}

interface Answered {
  refusals: readonly { message: string }[];
}

/** The way of a return: prepare, approve, file; withdraw before it was filed, correct after. */
export function ReturnActs({ asked, record, onDone }: ReturnActsProps) {
  const i18n = useWords();
  const mayNotEdit = useWriteAccess(asked.companyId, "TAXES", "edit");
  const mayNotApprove = useWriteAccess(asked.companyId, "TAXES", "approve");
  const [prepare, preparing] = useWrite(PrepareTaxReturn);
  const [approve, approving] = useWrite(ApproveTaxReturn);
  const [withdraw, withdrawing] = useWrite(WithdrawTaxReturn);
  const [discard, discarding] = useWrite(DiscardTaxCorrection);
  const [filing, setFiling] = useState(false);
  const [correcting, setCorrecting] = useState(false);
  const [refused, setRefused] = useState<string>();
  const state = record?.state ?? "DRAFT";
  const period = periodOf(asked.period);
  const under = period !== undefined && localDate() <= daysOf(asked.year, period).to;
  const settle = (answer: Answered | null | undefined, problem: string | undefined, done: string) => {
    const message = problem ?? answer?.refusals[0]?.message;
    setRefused(message);
    if (message !== undefined) return;
    sayDone({ text: done });
    onDone();
  };
  const runPrepare = async () => {
    const { data, failure, denials } = await prepare({ input: asked });
    settle(data?.prepareTaxReturn, failure?.message ?? denials.at("prepareTaxReturn")?.message, i18n.t("Return prepared."));
  };
  const runApprove = async () => {
    if (!record) return;
    const { data, failure, denials } = await approve({ id: record.id });
    settle(data?.approveTaxReturn, failure?.message ?? denials.at("approveTaxReturn")?.message, i18n.t("Return approved."));
  };
  const runWithdraw = async () => {
    if (!record) return;
    const { data, failure, denials } = await withdraw({ id: record.id });
    settle(data?.withdrawTaxReturn, failure?.message ?? denials.at("withdrawTaxReturn")?.message, i18n.t("Return withdrawn."));
  };
  const runDiscard = async () => {
    if (!record) return;
    const { data, failure, denials } = await discard({ id: record.id });
    const problem = failure?.message ?? denials.at("discardTaxCorrection")?.message;
    settle(data?.discardTaxCorrection, problem, i18n.t("Correction given up."));
  };
  const notOver = under ? i18n.t("The period is not over yet.") : undefined;
  return (
    <>
      {refused && (
        <span role="alert" className={styles.refused}>
          {refused}
        </span>
      )}
      {state === "DRAFT" && (
        <Button kind="primary" busy={preparing} denied={mayNotEdit ?? notOver} onClick={() => void runPrepare()}>
          {i18n.t("Prepare")}
        </Button>
      )}
      {state === "DRAFT" && record && record.kind !== "ORIGINAL" && (
        <Button busy={discarding} denied={mayNotEdit} onClick={() => void runDiscard()}>
          {i18n.t("Give up the correction")}
        </Button>
      )}
      {state === "FILED" && (
        <Button denied={mayNotEdit} onClick={() => setCorrecting(true)}>
          {i18n.t("Correct…")}
        </Button>
      )}
      {state === "PREPARED" && (
        <Button kind="primary" busy={approving} denied={mayNotApprove} onClick={() => void runApprove()}>
          {i18n.t("Approve")}
        </Button>
      )}
      {state === "APPROVED" && (
        <Button kind="primary" denied={mayNotApprove} onClick={() => setFiling(true)}>
          {i18n.t("Note the filing")}
        </Button>
      )}
      {(state === "PREPARED" || state === "APPROVED") && (
        <Menu
          label={i18n.t("More")}
          items={[
            ...(state === "PREPARED"
              ? [{ label: i18n.t("Prepare anew"), denied: mayNotEdit, onChoose: () => void runPrepare() }]
              : []),
            {
              label: i18n.t("Withdraw"),
              denied: withdrawing ? i18n.t("Please wait.") : mayNotEdit,
              onChoose: () => void runWithdraw(),
            },
          ]}
        />
      )}
      {correcting && record && (
        <CorrectDialog model={asked.model} record={record} onClose={() => setCorrecting(false)} onDone={onDone} />
      )}
      {filing && record && <FileDialog model={asked.model} record={record} onClose={() => setFiling(false)} onDone={onDone} />}
    </>
  );
}
