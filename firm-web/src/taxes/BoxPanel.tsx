import { useFormats } from "@atrio/kit/format";
import { useRead } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, EmptyState } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { ExportList } from "../app/files";
import { rowPlace } from "../app/places";
import { ReadState } from "../app/Screen";
import { TaxBoxPanel, type TaxBoxPanelQuery, type TaxModel } from "../gql/operations";
import type { Box } from "./Form";
import styles from "./Taxes.module.css";

type Opened = NonNullable<TaxBoxPanelQuery["taxBox"]>;
type Line = NonNullable<Opened["lines"]>[number];

/** As many lines of a box as a file takes. */
const LINES_IN_A_FILE = 20_000;

interface BoxPanelProps {
  asked: { companyId: string; model: TaxModel; year: number; period: string };
  number: string;
  /** The box as the form shows it. */
  box?: Box;
  onOpen: (number: string) => void;
  onClose: () => void;
}

/** What is behind a box: the documents, entries and typed amounts that add up to it, or the boxes it is computed from. */
export function BoxPanel({ asked, number, box, onOpen, onClose }: BoxPanelProps) {
  const i18n = useWords();
  const computed = box && !box.opens && box.shares.length > 0;
  const read = useRead(TaxBoxPanel, { ...asked, number });
  const opened = read.data?.taxBox;
  useKeys([{ keys: "Escape", label: i18n.t("Close the lines"), group: i18n.t("Taxes"), run: onClose }]);
  return (
    <aside aria-label={i18n.t("Lines of box {number}", { number })} className={styles.panel}>
      <header>
        <h2>{i18n.t("Box {number}", { number })}</h2>
        {!computed && <ExportList name="taxBox" from={{ ...asked, number, most: LINES_IN_A_FILE }} />}
        <Button kind="bare" icon="close" iconOnly aria-label={i18n.t("Close")} onClick={onClose} />
      </header>
      {computed ? (
        <Shares box={box} onOpen={onOpen} />
      ) : (
        <ReadState read={read} at="taxBox">
          {!opened?.lines || opened.lines.length === 0 ? (
            <EmptyState title={i18n.t("Nothing stands behind this box.")} icon="document" />
          ) : (
            <Lines clientId={asked.companyId} opened={opened} lines={opened.lines} />
          )}
        </ReadState>
      )}
    </aside>
  );
}

/** The boxes that a computed one is made of; those of this return open in turn. */
function Shares({ box, onOpen }: { box: Box; onOpen: (number: string) => void }) {
  const i18n = useWords();
  const f = useFormats();
  return (
    <table className={styles.lines}>
      <thead>
        <tr>
          <th scope="col">{i18n.t("Computed from")}</th>
          <th scope="col" className={styles.end}>
            {i18n.t("In the box")}
          </th>
        </tr>
      </thead>
      <tbody>
        {box.shares.map((share) => {
          const name = i18n.t("Box {number}", { number: share.number });
          return (
            <tr key={`${share.number}-${share.of}`}>
              <td>
                {share.of ? (
                  i18n.t("{box} of {period}", { box: name, period: share.of })
                ) : (
                  <button type="button" className={styles.code} onClick={() => onOpen(share.number)}>
                    {name}
                  </button>
                )}
              </td>
              <td className={styles.end}>{f.money(share.amount)}</td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{i18n.t("Box {number}", { number: box.number })}</th>
          <td className={styles.end}>{f.money(box.amount)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

function Lines({ clientId, opened, lines }: { clientId: string; opened: Opened; lines: readonly Line[] }) {
  const i18n = useWords();
  const f = useFormats();
  const count = opened.sum?.lineCount ?? 0;
  const left = count - lines.length;
  return (
    <>
      <table className={styles.lines}>
        <thead>
          <tr>
            <th scope="col">{i18n.t("Document")}</th>
            <th scope="col" className={styles.end}>
              {i18n.t("Base")}
            </th>
            <th scope="col" className={styles.end}>
              {i18n.t("In the box")}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.documentId ?? line.entryId ?? line.side + line.number}-${line.code}-${line.amount}-${line.base}`}>
              <td>
                <Behind clientId={clientId} line={line} />
                <small>{[line.name, f.date(line.day), line.code].filter(Boolean).join(" · ")}</small>
              </td>
              <td className={styles.end}>{f.money(line.base)}</td>
              <td className={styles.end}>{f.money(line.amount)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {i18n.t("{count, plural, one {# line} other {# lines}}", { count })}
            </th>
            <td className={styles.end}>{f.money(opened.sum?.amount ?? "0.00")}</td>
          </tr>
        </tfoot>
      </table>
      {left > 0 && (
        <p>
          {i18n.t("{count, plural, one {# more line is} other {# more lines are}} in the sum, not in this list.", {
            count: left,
          })}
        </p>
      )}
    </>
  );
}

function Behind({ clientId, line }: { clientId: string; line: Line }) {
  const i18n = useWords();
  if (line.side === "TYPED") return i18n.t("Box {number}, typed by hand", { number: line.number ?? "" });
  if (line.side === "FLAT") return i18n.t("Expenses that are hard to justify");
  const name = line.number ?? i18n.t("Without number");
  if (line.documentId) {
    const side = line.side === "SALES" ? "sales" : "purchases";
    return <Link {...rowPlace.document(clientId, side, line.documentId)}>{name}</Link>;
  }
  if (line.entryId) return <Link {...rowPlace.entry(clientId, line.entryId)}>{i18n.t("Entry {number}", { number: name })}</Link>;
  return name;
}
