import { useFormats } from "@atrio/kit/format";
import { Button, Dialog } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { rowPlace, sideOf } from "../app/places";
import { Fact, Facts } from "../app/Screen";
import type { Line } from "./Log";
import type { AuditSearch } from "./search";

interface LogLineProps {
  clientId: string;
  line: Line;
  /** Narrows the log to a person or a thing. */
  onOnly: (search: AuditSearch) => void;
  onClose: () => void;
}

/** One line whole: every value before and after, and the ways on from it. */
export function LogLine({ clientId, line, onOnly, onClose }: LogLineProps) {
  const i18n = useWords();
  const f = useFormats();
  const only = (search: AuditSearch) => {
    onOnly(search);
    onClose();
  };
  const place = placeOf(clientId, line);
  const { actorId, subjectId } = line;
  return (
    <Dialog
      open
      onClose={onClose}
      title={line.sentence}
      actions={
        <>
          {actorId && (
            <Button onClick={() => only({ who: actorId })}>{i18n.t("All that {name} did", { name: line.actorName })}</Button>
          )}
          {subjectId && <Button onClick={() => only({ of: subjectId })}>{i18n.t("All that happened to it")}</Button>}
        </>
      }
    >
      <Facts>
        <Fact label={i18n.t("When")}>{f.instant(line.at)}</Fact>
        {line.reason && <Fact label={i18n.t("Reason")}>{line.reason}</Fact>}
        {line.changes.map(({ label, before, after }) => (
          <Fact key={label} label={label}>
            {before && (
              <>
                <del>{before}</del> →{" "}
              </>
            )}
            {after ?? "–"}
          </Fact>
        ))}
      </Facts>
      {place && <Link {...place}>{i18n.t("Open {name}", { name: line.subjectName || i18n.t("it") })}</Link>}
    </Dialog>
  );
}

/** The page of what a line is about, where it has one. */
function placeOf(clientId: string, { about, act, subjectId, subjectKind }: Line) {
  if (!subjectId || act === "DELETED") return undefined;
  if (about === "DOCUMENT") return rowPlace.document(clientId, sideOf(subjectKind), subjectId);
  if (about === "ENTRY") return rowPlace.entry(clientId, subjectId);
  return about === "CONTACT" || about === "PORTAL_ACCESS" ? rowPlace.contact(clientId, subjectId) : undefined;
}
