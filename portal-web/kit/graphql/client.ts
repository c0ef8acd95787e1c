import { Client, cacheExchange, type Exchange, makeOperation, mapExchange, type Operation } from "@urql/core";
import { makeFetchSource } from "@urql/core/internal";
import { filter, merge, mergeMap, pipe, takeUntil } from "wonka";
import type { Stub } from "./stub";
import { csrfHeaders, signedOut } from "./surface";

/** Sends the operation's id instead of a text, in the shape the gateway registers operations by. */
const sendById: Exchange =
  ({ forward }) =>
  (operations$) => {
    const sent$ = pipe(
      operations$,
      filter((operation) => operation.kind !== "teardown"),
      mergeMap((operation) =>
        pipe(
          makeFetchSource(operation, "/graphql", requestFor(operation)),
          takeUntil(
            pipe(
              operations$,
              filter((other) => other.kind === "teardown" && other.key === operation.key),
            ),
          ),
        ),
      ),
    );
    const teardown$ = pipe(
      operations$,
      filter((operation) => operation.kind === "teardown"),
      forward,
    );
    return merge([sent$, teardown$]);
  };

function requestFor(operation: Operation): RequestInit {
  const { documentId, operationName } = operation.query as unknown as Stub<unknown, unknown>;
  return {
    method: "POST",
    credentials: "same-origin",
    headers: { ...csrfHeaders(), accept: "application/graphql-response+json, application/json" },
    body: JSON.stringify({ documentId, variables: operation.variables, operationName }),
  };
}

/** Lets a mutation refresh lists that were empty, whose rows could not name their type. */
const nameTypes: Exchange = mapExchange({
  onOperation(operation) {
    const additionalTypenames = (operation.query as unknown as Stub<unknown, unknown>).typenames as string[];
    if (operation.kind !== "query") return operation;
    return makeOperation(operation.kind, operation, { ...operation.context, additionalTypenames });
  },
});

const watchSignIn: Exchange = mapExchange({
  onResult(result) {
    const lost = result.error?.graphQLErrors.some(({ extensions }) => extensions.code === "UNAUTHENTICATED");
    if (lost || result.error?.response?.status === 401) signedOut();
    return result;
  },
});

/** One per page load; signing in or switching membership makes a new one, so nothing cached survives. */
export function createNetwork(): Client {
  return new Client({
    url: "/graphql",
    preferGetMethod: false,
    exchanges: [watchSignIn, nameTypes, cacheExchange, sendById],
  });
}
