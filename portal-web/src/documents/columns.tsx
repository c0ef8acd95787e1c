import { localDate, useFormats } from "@atrio/kit/format";
import { type Column, Icon, Status } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { DocumentOrder, PortalDocumentsQuery } from "../gql/operations";
import styles from "./Documents.module.css";
import { stateOf, useStates, useTypes } from "./words";

export type DocumentRow = NonNullable<PortalDocumentsQuery["portalDocuments"]>["nodes"][number];

/** What a column orders the list by. */
type Sorted = DocumentOrder extends `${infer Name}_${"ASC" | "DESC"}` ? Name : never;

/** Columns of the list; the type has one only where types are mixed, `currency` is set where all rows share it. */
export function useColumns(slug: string, mixed: boolean, currency: string | undefined): readonly Column<DocumentRow>[] {
  const i18n = useWords();
  const f = useFormats();
  const types = useTypes();
  return useMemo(() => {
    const sort = (name: Sorted) => ({ asc: `${name}_ASC`, desc: `${name}_DESC` });
    const number: Column<DocumentRow> = {
      id: "number",
      header: i18n.t("Number"),
      width: "124px",
      sort: sort("NUMBER"),
      cell: (row) => <DocumentLink slug={slug} row={row} />,
    };
    const type: Column<DocumentRow> = {
      id: "type",
      header: i18n.t("Type"),
      width: "124px",
      sort: sort("TYPE"),
      cell: (row) => types[row.type].one,
    };
    const orders = { taxableBase: sort("BASE"), total: sort("TOTAL"), outstanding: sort("OUTSTANDING") };
    const amount = (id: keyof typeof orders, header: string): Column<DocumentRow> => ({
      id,
      header,
      width: "132px",
      align: "end",
      sort: orders[id],
      cell: (row) => f.money(row[id], currency ? undefined : row.currency),
    });
    return [
      number,
      ...(mixed ? [type] : []),
      {
        id: "issuedOn",
        header: i18n.t("Date"),
        width: "122px",
        sort: sort("ISSUED"),
        cell: (row) => <span className="tabular">{f.date(row.issuedOn)}</span>,
      },
      {
        id: "dueOn",
        header: i18n.t("Due"),
        width: "122px",
        sort: sort("DUE"),
        cell: (row) => <span className="tabular">{row.dueOn ? f.date(row.dueOn) : "–"}</span>,
      },
      {
        id: "description",
        header: i18n.t("Description"),
        sort: sort("DESCRIPTION"),
        cell: (row) => <span title={row.description ?? ""}>{row.description}</span>,
      },
      amount("taxableBase", currency ? i18n.t("Base {currency}", { currency }) : i18n.t("Base")),
      amount("total", currency ? i18n.t("Total {currency}", { currency }) : i18n.t("Total")),
      amount("outstanding", i18n.t("Left to pay")),
      { id: "state", header: i18n.t("State"), width: "148px", sort: sort("STATE"), cell: (row) => <StateOf row={row} /> },
      { id: "read", header: i18n.t("Read"), width: "134px", sort: sort("READ"), cell: (row) => <ReadMark readAt={row.readAt} /> },
    ];
  }, [i18n, f, types, slug, mixed, currency]);
}

/** The number is the way in; a document without one is known by its type. */
export function DocumentLink({ slug, row }: { slug: string; row: Pick<DocumentRow, "id" | "number" | "type"> }) {
  const types = useTypes();
  return (
    <Link to="/$slug/documents/$documentId" params={{ slug, documentId: row.id }} className={styles.number}>
      {row.number ?? types[row.type].one}
    </Link>
  );
}

type Standing = Pick<DocumentRow, "type" | "status" | "dueOn" | "outstanding">;

export function StateOf({ row }: { row: Standing }) {
  const { word, tone } = useStates()[stateOf(row, localDate())];
  return <Status tone={tone}>{word}</Status>;
}

/** When the contact first finished downloading it. */
export function ReadMark({ readAt }: { readAt?: string | null }) {
  const i18n = useWords();
  const f = useFormats();
  if (!readAt) return <span className={styles.unread}>{i18n.t("Not yet")}</span>;
  return (
    <span className={styles.read} title={f.instant(readAt)}>
      <Icon name="check" size={14} />
      <span className="tabular">{f.date(localDate(new Date(readAt)))}</span>
    </span>
  );
}
