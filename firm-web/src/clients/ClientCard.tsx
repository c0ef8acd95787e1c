import type { Column } from "@atrio/kit/ui";
import type { ClientRow } from "./Clients";
import styles from "./Clients.module.css";

/** A client on a phone: the same cells, with their heads beside them. */
export function ClientCard({ row, columns }: { row: ClientRow; columns: readonly Column<ClientRow>[] }) {
  const [name, ...others] = columns;
  return (
    <div className={styles.card}>
      {name?.cell(row)}
      <dl className={styles.facts}>
        {others.map(({ id, header, cell }) => (
          <div key={id}>
            <dt>{header}</dt>
            <dd>{cell(row)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
