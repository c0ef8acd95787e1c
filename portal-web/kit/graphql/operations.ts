import type { Client } from "@urql/core";
import { useMemo } from "react";
import { useMutation, useQuery } from "urql";
import { filter, pipe, take, toPromise } from "wonka";
import { Denials, type Failure, failureOf } from "./denied";
import type { Stub } from "./stub";

export interface Reading<Data> {
  data?: Data;
  denials: Denials;
  /** Set when there is nothing to show but an error. */
  failure?: Failure;
  /** Nothing to show yet. */
  loading: boolean;
  /** Data is shown while newer data is on its way. */
  stale: boolean;
  reload: () => void;
}

/** One registered query. `pause` waits, for variables that are not known yet. */
export function useRead<Data, Variables>(query: Stub<Data, Variables>, variables: Variables, pause = false): Reading<Data> {
  const [{ data, error, fetching, stale }, run] = useQuery({
    query,
    variables: variables as Variables & Record<string, unknown>,
    pause,
  });
  return useMemo(
    () => ({
      data,
      denials: new Denials(error),
      failure: failureOf(error),
      loading: fetching && data === undefined,
      stale: stale || (fetching && data !== undefined),
      reload: () => run({ requestPolicy: "network-only" }),
    }),
    [data, error, fetching, stale, run],
  );
}

/** Starts a query in a route's loader, while the screen's code is still on its way. Never waits. */
export function startRead<Data, Variables>(client: Client, query: Stub<Data, Variables>, variables: Variables): void {
  void pipe(
    client.query(query, variables as Variables & Record<string, unknown>, { requestPolicy: "cache-and-network" }),
    filter((result) => !result.stale),
    take(1),
    toPromise,
  );
}

export interface Written<Data> {
  data?: Data;
  denials: Denials;
  failure?: Failure;
}

/** One registered mutation: `const [save, saving] = useWrite(SaveStub); const { data, failure } = await save({ input })`. */
export function useWrite<Data, Variables>(
  mutation: Stub<Data, Variables>,
): [run: (variables: Variables) => Promise<Written<Data>>, writing: boolean] {
  const [{ fetching }, execute] = useMutation(mutation);
  const run = async (variables: Variables): Promise<Written<Data>> => {
    const { data, error } = await execute(variables as Variables & Record<string, unknown>);
    return { data, denials: new Denials(error), failure: failureOf(error) };
  };
  return [run, fetching];
}

/** The key that makes a repeated mutation one act. Make it when the person decides, keep it for retries. */
export function newRequestKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
