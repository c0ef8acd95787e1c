import { useFormats } from "@atrio/kit/format";
import type { Pages } from "@atrio/kit/graphql";
import { type Column, Denied } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import { type ClientPlace, clientPlace } from "../app/places";
import type { ClientRow, DeniedIn } from "./Clients";
import styles from "./Clients.module.css";

/** Name, manager and a counter per kind of work; each counter is a link to what it counts. */
export function useColumns(deniedIn: DeniedIn, version: Pages<ClientRow>["deniedIn"]): readonly Column<ClientRow>[] {
  const i18n = useWords();
  const f = useFormats();
  const denied = useRef(deniedIn);
  denied.current = deniedIn;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new answer may deny other fields, so rows must draw anew.
  return useMemo(() => {
    const counter = (id: string, header: string, place: ClientPlace, count: (row: ClientRow) => number | null | undefined) => ({
      id,
      header,
      align: "end" as const,
      width: "84px",
      cell: (row: ClientRow) => {
        const denial = denied.current(row, `pendingWork.${id}`);
        if (denial) return <Denied denial={denial} compact />;
        const value = count(row);
        if (!value) return <span className={styles.none}>–</span>;
        return (
          <Link {...clientPlace(row.id, place)} className={styles.count} tabIndex={-1}>
            {f.count(value)}
            <span className="unseen">
              {header}, {row.name}
            </span>
          </Link>
        );
      },
    });
    return [
      {
        id: "name",
        header: i18n.t("Client"),
        sort: { asc: "NAME_ASC", desc: "NAME_DESC" },
        cell: (row) => (
          <Link {...clientPlace(row.id, "overview")} className={styles.name} title={row.name}>
            {row.name}
          </Link>
        ),
      },
      { id: "manager", header: i18n.t("Manager"), width: "150px", cell: (row) => <Managers row={row} /> },
      counter("sales", i18n.t("Sales"), "sales", (row) => row.pendingWork.sales),
      counter("purchases", i18n.t("Purchases"), "purchases", (row) => row.pendingWork.purchases),
      counter("reconciliations", i18n.t("Bank"), "bank", (row) => row.pendingWork.reconciliations),
      counter("inbox", i18n.t("Inbox"), "inbox", ({ pendingWork: { inbox } }) => inbox && inbox.scans + inbox.files),
      { ...counter("entriesToPost", i18n.t("To post"), "journal", (row) => row.pendingWork.entriesToPost), width: "116px" },
      counter("newContacts", i18n.t("Contacts"), "contacts", (row) => row.pendingWork.newContacts),
      {
        id: "changed",
        header: i18n.t("Last change"),
        width: "124px",
        align: "end",
        cell: (row) => {
          const denial = denied.current(row, "lastActivityAt");
          if (denial) return <Denied denial={denial} compact />;
          const at = row.lastActivityAt;
          return at && <span title={f.instant(at)}>{f.relative(at)}</span>;
        },
      },
      {
        id: "since",
        header: i18n.t("Since"),
        width: "112px",
        align: "end",
        sort: { asc: "CREATED_ASC", desc: "CREATED_DESC" },
        cell: (row) => f.date(row.createdAt.slice(0, 10)),
      },
    ];
  }, [i18n, f, version]);
}

function Managers({ row: { managers } }: { row: ClientRow }) {
  const i18n = useWords();
  const [first, ...others] = managers ?? [];
  if (!managers || !first) return <span className={styles.none}>{i18n.t("nobody")}</span>;
  const title = managers.map(({ name }) => name).join(", ");
  return <span title={title}>{others.length > 0 ? `${first.name} +${others.length}` : first.name}</span>;
}
