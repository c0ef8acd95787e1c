import { isZero, useFormats } from "@atrio/kit/format";
import type { Column } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { OwnStatementQuery } from "../gql/operations";
import styles from "./Statement.module.css";

export type OwnStatement = NonNullable<NonNullable<OwnStatementQuery["contact"]>["customerStatement"]>;
export type Line = OwnStatement["lines"][number];

/** One movement: the day, the paper it belongs to, what it added or took away, and what was left then. */
export function useColumns(slug: string): readonly Column<Line>[] {
  const i18n = useWords();
  const f = useFormats();
  return useMemo(() => {
    const money = (value: string, { currency }: Line) => (isZero(value) ? "" : f.money(value, currency));
    return [
      {
        id: "movedOn",
        header: i18n.t("Date"),
        width: "122px",
        cell: (row) => <span className="tabular">{f.date(row.movedOn)}</span>,
      },
      { id: "what", header: i18n.t("What it is"), cell: (row) => <WhatItIs row={row} slug={slug} /> },
      {
        id: "dueOn",
        header: i18n.t("Due"),
        width: "122px",
        cell: (row) => <span className="tabular">{row.dueOn ? f.date(row.dueOn) : ""}</span>,
      },
      { id: "charge", header: i18n.t("Invoiced"), width: "140px", align: "end", cell: (row) => money(row.charge, row) },
      { id: "payment", header: i18n.t("Paid"), width: "140px", align: "end", cell: (row) => money(row.payment, row) },
      {
        id: "balance",
        header: i18n.t("Left to pay"),
        width: "140px",
        align: "end",
        cell: (row) => f.money(row.balance, row.currency),
      },
    ];
  }, [i18n, f, slug]);
}

/** Invoice, credit note or payment of one; the words lead to the paper. */
export function WhatItIs({ row, slug }: { row: Line; slug: string }) {
  const i18n = useWords();
  const number = row.number ?? "";
  const words =
    row.kind === "PAYMENT"
      ? i18n.t("Payment of {number}", { number })
      : row.charge.startsWith("-")
        ? i18n.t("Credit note {number}", { number })
        : i18n.t("Invoice {number}", { number });
  return (
    <Link to="/$slug/documents/$documentId" params={{ slug, documentId: row.documentId }} className={styles.what}>
      {words}
    </Link>
  );
}
