import type { Pages, Reading } from "@atrio/kit/graphql";
import { type Column, Denied, ErrorState, PageHeading, Skeleton } from "@atrio/kit/ui";
import type { ReactNode } from "react";
import type { Scope } from "../gql/operations";
import styles from "./Screen.module.css";
import { useReadAccess } from "./useReadAccess";

interface ListScreenProps {
  clientId: string;
  /** What must be granted to see the list. */
  scope: Scope;
  heading: string;
  /** Search, buttons. */
  actions?: ReactNode;
  detail?: ReactNode;
  /** Tabs and filters under the heading. */
  filters?: ReactNode;
  /** Id that the tabs name as what they switch. */
  panel: string;
  list: Pick<Pages<unknown>, "loading" | "failure" | "denied" | "reload" | "rows">;
  /** The table; drawn once there is an answer. */
  children: ReactNode;
}

/** Heading, filters and one list with its four other states. */
export function ListScreen({ clientId, scope, heading, actions, detail, filters, panel, list, children }: ListScreenProps) {
  const closed = useReadAccess(clientId, scope);
  return (
    <div className={styles.screen}>
      <div className={styles.head}>
        <PageHeading actions={actions} detail={detail}>
          {heading}
        </PageHeading>
        {filters}
      </div>
      <div id={panel} role="tabpanel" aria-label={heading} className={styles.panel}>
        <ListState list={{ ...list, denied: list.denied ?? closed }}>{children}</ListState>
      </div>
    </div>
  );
}

/** Loading, failure and denial in place of a list. */
export function ListState({ list, children }: Pick<ListScreenProps, "list" | "children">) {
  if (list.loading) return <Skeleton rows={12} />;
  if (list.failure && list.rows.length === 0) return <ErrorState failure={list.failure} onRetry={list.reload} />;
  if (list.denied) return <Denied denial={list.denied} />;
  return children;
}

/** The same for one thing at an address; `at` is its root field. Nothing is drawn for a thing that is not there. */
export function ReadState({ read, at, children }: { read: Reading<unknown>; at: string; children: ReactNode }) {
  const denial = read.denials.at(at);
  if (read.loading) return <Skeleton rows={8} />;
  if (read.failure && !read.data) return <ErrorState failure={read.failure} onRetry={read.reload} />;
  if (denial) return <Denied denial={denial} />;
  return children;
}

/** A row on a phone: the first column as its title, the others with their heads beside them. */
export function RowCard<Row>({ row, columns }: { row: Row; columns: readonly Column<Row>[] }) {
  const [title, ...others] = columns;
  return (
    <div className={styles.card}>
      <strong>{title?.cell(row)}</strong>
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

/** A line of search fields, choices and ticks under the heading. */
export function Filters({ children }: { children: ReactNode }) {
  return <div className={styles.filters}>{children}</div>;
}

/** Pairs of head and value. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={styles.list}>{children}</dl>;
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}
