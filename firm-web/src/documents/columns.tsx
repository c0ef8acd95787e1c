import { isZero, localDate, useFormats } from "@atrio/kit/format";
import { type Column, Icon, Status, type Tone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useDocumentStates, useDocumentTypes } from "../app/documentWords";
import { type DocumentSide, rowPlace } from "../app/places";
import type { DocumentRow } from "./Documents";
import styles from "./Documents.module.css";
import { waitsForApproval } from "./useDocumentBatch";
import { useWarnings } from "./warnings";

export function useColumns(clientId: string, side: DocumentSide): readonly Column<DocumentRow>[] {
  const i18n = useWords();
  const f = useFormats();
  const types = useDocumentTypes();
  const states = useDocumentStates();
  const warnings = useWarnings();
  return useMemo(() => {
    const today = localDate();
    const money = (
      id: "taxableBase" | "total" | "outstanding",
      header: string,
      sort: "BASE" | "TOTAL" | "OUTSTANDING",
    ): Column<DocumentRow> => ({
      id,
      header,
      width: "96px",
      align: "end",
      sort: { asc: `${sort}_ASC`, desc: `${sort}_DESC` },
      // The books of a client hold one currency; another one says so itself.
      cell: (row) => f.money(row[id], row.currency === "EUR" ? undefined : row.currency),
    });
    const columns: Column<DocumentRow>[] = [
      {
        id: "number",
        header: i18n.t("Number"),
        width: "120px",
        sort: { asc: "NUMBER_ASC", desc: "NUMBER_DESC" },
        cell: (row) => (
          <Link {...rowPlace.document(clientId, side, row.id)} className="tabular" title={types[row.type]}>
            {row.number ?? i18n.t("without number")}
          </Link>
        ),
      },
      {
        id: "type",
        header: i18n.t("Type"),
        width: "144px",
        sort: { asc: "TYPE_ASC", desc: "TYPE_DESC" },
        cell: (row) => types[row.type],
      },
      {
        id: "date",
        header: i18n.t("Date"),
        width: "108px",
        align: "end",
        sort: { asc: "ISSUED_ASC", desc: "ISSUED_DESC" },
        cell: (row) => f.date(row.issuedOn),
      },
      {
        id: "due",
        header: i18n.t("Due"),
        width: "108px",
        align: "end",
        sort: { asc: "DUE_ASC", desc: "DUE_DESC" },
        cell: (row) => <Due row={row} today={today} text={row.dueOn ? f.date(row.dueOn) : "–"} />,
      },
      {
        id: "contact",
        header: i18n.t("Contact"),
        cell: (row) => <span title={row.contact?.name}>{row.contact?.name ?? "–"}</span>,
      },
      money("taxableBase", i18n.t("Base"), "BASE"),
      money("total", i18n.t("Total"), "TOTAL"),
      money("outstanding", i18n.t("Outstanding"), "OUTSTANDING"),
      {
        id: "state",
        header: i18n.t("State"),
        width: "144px",
        sort: { asc: "STATE_ASC", desc: "STATE_DESC" },
        cell: (row) => <State row={row} warnings={warnings(row.warnings)} state={states[row.status]} />,
      },
    ];
    if (side === "sales") {
      const sort = { asc: "READ_ASC", desc: "READ_DESC" };
      columns.push({ id: "read", header: i18n.t("Read"), width: "92px", sort, cell: (row) => <Read row={row} /> });
    }
    return columns;
  }, [i18n, f, types, states, warnings, clientId, side]);
}

interface StateProps {
  row: DocumentRow;
  warnings: readonly string[];
  state: { word: string; tone: Tone };
}

/** Where it stands; what looks wrong with one that waits for approval stands beside it. */
function State({ row, warnings, state }: StateProps) {
  return (
    <span className={styles.standing}>
      <Status tone={state.tone}>{state.word}</Status>
      {waitsForApproval(row) && warnings.length > 0 && (
        <span className={styles.warning} title={warnings.join(" ")}>
          <Icon name="warn" />
          <span className="unseen">{warnings.join(" ")}</span>
        </span>
      )}
    </span>
  );
}

/** Past due and not paid says so in a word. */
function Due({ row, today, text }: { row: DocumentRow; today: string; text: string }) {
  const i18n = useWords();
  const late = row.dueOn && row.dueOn < today && !isZero(row.outstanding);
  if (!late) return <>{text}</>;
  return (
    <span className={styles.late} title={i18n.t("Overdue")}>
      {text}
      <span className="unseen">{i18n.t("Overdue")}</span>
    </span>
  );
}

function Read({ row }: { row: DocumentRow }) {
  const i18n = useWords();
  const f = useFormats();
  const { readAt, openedAt } = "readAt" in row ? row : { readAt: null, openedAt: null };
  if (readAt) {
    return (
      <span title={f.instant(readAt)}>
        <Status tone="good">{i18n.t("Read")}</Status>
      </span>
    );
  }
  if (openedAt) return <span title={f.instant(openedAt)}>{i18n.t("Opened")}</span>;
  return <span className={styles.quiet}>–</span>;
}
