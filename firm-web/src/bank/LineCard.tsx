import { useFormats } from "@atrio/kit/format";
import styles from "./Bank.module.css";
import { Amount, LineState, ProposalCell } from "./columns";
import type { Row } from "./lines";

/** A bank line on a phone; touching it opens its detail. */
export function LineCard({ row, onOpen }: { row: Row; onOpen: () => void }) {
  const f = useFormats();
  return (
    <button type="button" className={styles.lineCard} onClick={onOpen}>
      <span className={styles.lineHead}>
        <span className="tabular">{f.date(row.operationOn)}</span>
        <strong>
          <Amount row={row} text={f.money(row.amount)} />
        </strong>
      </span>
      <span>{row.text}</span>
      <ProposalCell row={row} />
      <LineState row={row} />
    </button>
  );
}
