import { useFormats } from "@atrio/kit/format";
import { type Column, Status } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useMemo } from "react";
import styles from "./Bank.module.css";
import { isOpen, proposedLabel, type Row } from "./lines";

/** Bank line left, what it is proposed to be right, state at the end. */
export function useColumns(): readonly Column<Row>[] {
  const i18n = useWords();
  const f = useFormats();
  return useMemo(
    () => [
      {
        id: "date",
        header: i18n.t("Date"),
        width: "108px",
        sort: { asc: "DATE_ASC", desc: "DATE_DESC" },
        cell: (row) => <span className="tabular">{f.date(row.operationOn)}</span>,
      },
      { id: "text", header: i18n.t("Text of the bank"), cell: (row) => <span title={row.text}>{row.text}</span> },
      {
        id: "amount",
        header: i18n.t("Amount"),
        width: "100px",
        align: "end",
        sort: { asc: "AMOUNT_ASC", desc: "AMOUNT_DESC" },
        cell: (row) => <Amount row={row} text={f.money(row.amount)} />,
      },
      { id: "proposal", header: i18n.t("Proposal"), width: "34%", cell: (row) => <ProposalCell row={row} /> },
      { id: "state", header: i18n.t("State"), width: "108px", cell: (row) => <LineState row={row} /> },
    ],
    [i18n, f],
  );
}

export function Amount({ row, text }: { row: Row; text: string }) {
  return <span className={row.amount.startsWith("-") ? "tabular" : `tabular ${styles.in}`}>{text}</span>;
}

export function ProposalCell({ row }: { row: Row }) {
  const i18n = useWords();
  const f = useFormats();
  const { proposal } = row;
  if (!isOpen(row)) return null;
  if (!proposal) return <span className={styles.quiet}>{i18n.t("no proposal")}</span>;
  const name = proposedLabel(row, " · ");
  const reasons = proposal.reasons.join(" ");
  return (
    <span className={styles.proposal} title={`${name} ${reasons}`}>
      <span className={styles.certainty}>{f.percent(String(proposal.certainty))}</span>
      <span>{name}</span>
      {proposal.givesBack && <Status tone="wait">{i18n.t("Goes back")}</Status>}
      {proposal.difference && <Status tone="wait">{i18n.t("Difference")}</Status>}
      {proposal.currency !== row.currency && (
        <span className="tabular">{f.money(proposal.amount ?? "0.00", proposal.currency ?? row.currency)}</span>
      )}
      <span className={styles.quiet}>{reasons}</span>
    </span>
  );
}

/** Waiting, saved, refused, or as the gateway knows the line. */
export function LineState({ row: { state, decision } }: { row: Row }) {
  const i18n = useWords();
  if (decision?.state === "waiting") return <Status tone="wait">{i18n.t("Saving")}</Status>;
  if (decision?.state === "retrying") return <Status tone="wait">{i18n.t("Not sent yet")}</Status>;
  if (decision?.state === "refused") {
    return (
      <span title={decision.message}>
        <Status tone="bad">{i18n.t("Refused")}</Status>
      </span>
    );
  }
  if (state === "MATCHED") return <Status tone="good">{i18n.t("Matched")}</Status>;
  if (state === "PARTLY") return <Status tone="wait">{i18n.t("Partly matched")}</Status>;
  if (state === "IGNORED") return <Status tone="quiet">{i18n.t("Put aside")}</Status>;
  return <Status tone="quiet">{i18n.t("Open")}</Status>;
}
