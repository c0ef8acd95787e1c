import { useFormats } from "@atrio/kit/format";
import { Badge, type Column, Status } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { rowPlace } from "../app/places";
import type { Paper } from "./Inbox";
import { useInboxWords } from "./words";

export function useColumns(clientId: string): readonly Column<Paper>[] {
  const i18n = useWords();
  const f = useFormats();
  const words = useInboxWords();
  return useMemo(
    () => [
      {
        id: "name",
        header: i18n.t("Paper"),
        cell: (row) => (
          <Link {...rowPlace.inboxFile(clientId, row.id)} title={row.filename}>
            {row.filename}
          </Link>
        ),
      },
      { id: "kind", header: i18n.t("Kind"), width: "92px", cell: (row) => <Badge>{words.kinds[row.kind]}</Badge> },
      {
        id: "from",
        header: i18n.t("Sender"),
        width: "190px",
        cell: (row) => (
          <span title={row.sender ?? undefined}>
            {row.sender ?? (row.source === "MAIL" ? i18n.t("By mail") : i18n.t("Uploaded"))}
          </span>
        ),
      },
      { id: "pages", header: i18n.t("Pages"), width: "64px", align: "end", cell: (row) => f.count(row.pageCount) },
      {
        id: "received",
        header: i18n.t("Received"),
        width: "150px",
        align: "end",
        sort: { asc: "RECEIVED_ASC", desc: "RECEIVED_DESC" },
        cell: (row) => f.instant(row.receivedAt),
      },
      {
        id: "state",
        header: i18n.t("State"),
        width: "190px",
        cell: (row) => <PaperState row={row} />,
      },
    ],
    [i18n, f, words, clientId],
  );
}

/** The state, with what matters more than it: the same content was here before. */
function PaperState({ row }: { row: Paper }) {
  const i18n = useWords();
  const { states } = useInboxWords();
  const { word, tone } = states[row.state];
  if (row.state === "TO_REVIEW" && row.duplicateOfId) return <Status tone="bad">{i18n.t("Possible duplicate")}</Status>;
  return (
    <span title={row.discardReason ?? undefined}>
      <Status tone={tone}>{word}</Status>
    </span>
  );
}
