import { isZero, useFormats } from "@atrio/kit/format";
import { Button, type Column, Status } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import { rowPlace } from "../app/places";
import styles from "./Journal.module.css";
import type { JournalRow } from "./rows";
import { useJournalWords } from "./words";

/** Entry rows show the entry, line rows below them account, debit and credit in the same columns. */
export function useColumns(clientId: string, toggle: (entryId: string) => void): readonly Column<JournalRow>[] {
  const i18n = useWords();
  const f = useFormats();
  const words = useJournalWords();
  const act = useRef(toggle);
  act.current = toggle;
  return useMemo(() => {
    const amount = (id: "debit" | "credit", header: string): Column<JournalRow> => ({
      id,
      header,
      width: "112px",
      align: "end",
      cell: (row) => {
        // An entry balances: folded, its one total stands on both sides.
        if (row.kind === "entry") return row.open ? null : f.money(row.entry.total);
        return isZero(row.line[id]) ? null : f.money(row.line[id]);
      },
    });
    return [
      {
        id: "fold",
        header: i18n.t("Lines"),
        width: "56px",
        cell: (row) =>
          row.kind === "entry" && (
            <Button
              kind="bare"
              icon={row.open ? "down" : "right"}
              iconOnly
              tabIndex={-1}
              aria-expanded={row.open}
              onClick={() => act.current(row.entry.id)}
            >
              {row.open ? i18n.t("Hide the lines") : i18n.t("Show the lines")}
            </Button>
          ),
      },
      {
        id: "date",
        header: i18n.t("Date"),
        width: "108px",
        sort: { asc: "DATE_ASC", desc: "DATE_DESC" },
        cell: (row) => row.kind === "entry" && <span className="tabular">{f.date(row.entry.entryOn)}</span>,
      },
      {
        id: "number",
        header: i18n.t("Number"),
        width: "80px",
        align: "end",
        sort: { asc: "NUMBER_ASC", desc: "NUMBER_DESC" },
        cell: (row) => row.kind === "entry" && (row.entry.number ?? "–"),
      },
      {
        id: "text",
        header: i18n.t("Text"),
        cell: (row) =>
          row.kind === "entry" ? (
            <Link {...rowPlace.entry(clientId, row.entry.id)} title={row.entry.text}>
              {row.entry.text}
            </Link>
          ) : (
            <span className={styles.line}>
              <span className="tabular">{row.line.ledgerAccount.code}</span> {row.line.ledgerAccount.name}
              {row.line.text && <span className={styles.quiet}> {row.line.text}</span>}
            </span>
          ),
      },
      {
        id: "source",
        header: i18n.t("Source"),
        width: "132px",
        cell: (row) => row.kind === "entry" && words.source(row.entry.source),
      },
      amount("debit", i18n.t("Debit")),
      amount("credit", i18n.t("Credit")),
      {
        id: "state",
        header: i18n.t("State"),
        width: "140px",
        cell: (row) => {
          if (row.kind === "line") return null;
          const { word, tone } = words.states[row.entry.state];
          return <Status tone={tone}>{word}</Status>;
        },
      },
    ];
  }, [i18n, f, words, clientId]);
}
