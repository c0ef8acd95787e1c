import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useClient } from "urql";
import { type Denial, Denials } from "./denied";
import { type Reading, useRead } from "./operations";
import type { Stub } from "./stub";

interface Connection<Row> {
  nodes: readonly Row[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  totalCount?: number | null;
}

interface Page<Row> {
  connection: Connection<Row>;
  denials: Denials;
}

export interface Pages<Row> extends Pick<Reading<unknown>, "failure" | "loading" | "stale" | "reload"> {
  rows: readonly Row[];
  total: number | undefined;
  /** Set when the list itself is denied. */
  denied: Denial | undefined;
  /** Fetches the next page, if there is one and none is on its way. Hand it to the table. */
  more: () => void;
  /** Why a field of this row is denied. `field` is the path below the row: "pendingWork.inbox". */
  deniedIn: (row: Row, field: string, companyId?: string) => Denial | undefined;
}

/**
 * A keyset list: the first page as a live query, the following ones on demand. `path` names the
 * connection in the answer. The operation takes the cursor as `$after`; keep `variables` small and plain.
 * `pause` waits, for variables that are not known yet.
 */
export function usePages<Data, Variables, Row>(
  query: Stub<Data, Variables>,
  variables: Variables,
  path: string,
  pick: (data: Data) => Connection<Row> | null | undefined,
  pause = false,
): Pages<Row> {
  const client = useClient();
  const first = useRead(query, variables, pause);
  const [later, setLater] = useState<readonly Page<Row>[]>([]);
  const asking = useRef(false);
  const take = useRef(pick);
  take.current = pick;
  const latest = useRef(variables);
  latest.current = variables;

  // A new first page (sort, filter, refresh) makes the later ones those of another list.
  const { data, denials } = first;
  const head = useRef(data);
  useEffect(() => {
    head.current = data;
    asking.current = false;
    setLater([]);
  }, [data]);

  const pages = useMemo(() => {
    const connection = data && take.current(data);
    return connection ? [{ connection, denials }, ...later] : [];
  }, [data, denials, later]);

  const end = pages.at(-1)?.connection.pageInfo;
  const more = useCallback(async () => {
    if (!end?.hasNextPage || asking.current) return;
    asking.current = true;
    const list = head.current;
    const next = { ...latest.current, after: end.endCursor } as Variables & Record<string, unknown>;
    const result = await client.query(query, next).toPromise();
    const connection = result.data && take.current(result.data);
    if (head.current !== list) return;
    asking.current = false;
    if (connection) setLater((before) => [...before, { connection, denials: new Denials(result.error) }]);
  }, [client, query, end]);

  const places = useMemo(() => {
    const map = new Map<Row, { denials: Denials; index: number }>();
    for (const page of pages)
      for (const [index, row] of page.connection.nodes.entries()) map.set(row, { denials: page.denials, index });
    return map;
  }, [pages]);

  const deniedIn = useCallback(
    (row: Row, field: string, companyId?: string) => {
      const place = places.get(row);
      return place?.denials.at(`${path}.nodes.${field}`, { index: place.index, companyId });
    },
    [places, path],
  );

  const rows = useMemo(() => [...places.keys()], [places]);
  const { failure, loading, stale, reload } = first;
  const total = pages[0]?.connection.totalCount ?? undefined;
  return { rows, total, denied: denials.at(path), failure, loading, stale, reload, more, deniedIn };
}
