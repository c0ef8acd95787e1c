import { useFormats } from "@atrio/kit/format";
import { useRead } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, EmptyState } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { rowPlace } from "../app/places";
import { ReadState } from "../app/Screen";
import { TaxBoxPanel, type TaxBoxPanelQuery, type TaxModel } from "../gql/operations";
import styles from "./Taxes.module.css";

type Opened = NonNullable<TaxBoxPanelQuery["taxBox"]>;

interface BoxPanelProps {
  asked: { companyId: string; model: TaxModel; year: number; period: string };
  number: string;
  onClose: () => void;
}

/** The documents behind a box; they add up to it. */
export function BoxPanel({ asked, number, onClose }: BoxPanelProps) {
  const i18n = useWords();
  const read = useRead(TaxBoxPanel, { ...asked, number });
  const opened = read.data?.taxBox;
  useKeys([{ keys: "Escape", label: i18n.t("Close the lines"), group: i18n.t("Taxes"), run: onClose }]);
  return (
    <aside aria-label={i18n.t("Lines of box {number}", { number })} className={styles.panel}>
      <header>
        <h2>{i18n.t("Box {number}", { number })}</h2>
        <Button kind="bare" icon="close" iconOnly aria-label={i18n.t("Close")} onClick={onClose} />
      </header>
      <ReadState read={read} at="taxBox">
        {!opened || opened.lines.length === 0 ? (
          <EmptyState title={i18n.t("Nothing stands behind this box.")} icon="document" />
        ) : (
          <Lines clientId={asked.companyId} opened={opened} />
        )}
      </ReadState>
    </aside>
  );
}

function Lines({ clientId, opened }: { clientId: string; opened: Opened }) {
  const i18n = useWords();
  const f = useFormats();
  const count = opened.sum?.lineCount ?? 0;
  const left = count - opened.lines.length;
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
          {opened.lines.map((line) => (
            <tr key={`${line.documentId ?? line.entryId}-${line.code}-${line.amount}-${line.base}`}>
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

function Behind({ clientId, line }: { clientId: string; line: Opened["lines"][number] }) {
  const i18n = useWords();
  const name = line.number ?? i18n.t("Without number");
  if (line.documentId) {
    const side = line.side === "SALES" ? "sales" : "purchases";
    return <Link {...rowPlace.document(clientId, side, line.documentId)}>{name}</Link>;
  }
  if (line.entryId) return <Link {...rowPlace.entry(clientId, line.entryId)}>{i18n.t("Entry {number}", { number: name })}</Link>;
  return name;
}
