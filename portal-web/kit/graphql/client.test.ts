import { beforeEach, describe, expect, it, vi } from "vitest";
import { createNetwork } from "./client";
import { stub } from "./stub";
import { setSurface, whenSignedOut } from "./surface";

interface Data {
  clients: { __typename: string; nodes: { __typename: string; name: string }[] } | null;
}

const Clients = stub<Data, { tab: string }>("c0ffee", "Clients", "query", ["Client", "ClientConnection"]);
const Assign = stub<{ assign: { __typename: string } }, Record<string, never>>("beef", "Assign", "mutation", ["Client"]);
const EMPTY = { data: { clients: { __typename: "ClientConnection", nodes: [] } } };

let sent: { url: string; init: RequestInit }[] = [];

/** Answers at the border to the network, which is not ours. */
function answer(...answers: { status?: number; body: unknown }[]) {
  const fetched = vi.fn(async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    const { status = 200, body } = answers[Math.min(sent.length, answers.length) - 1] as { status?: number; body: unknown };
    return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/graphql-response+json" } });
  });
  vi.stubGlobal("fetch", fetched);
}

beforeEach(() => {
  sent = [];
  setSurface("firm");
});

describe("the network", () => {
  it("sends the id, the variables and the name, never a text", async () => {
    answer({ body: EMPTY });
    await createNetwork().query(Clients, { tab: "ALL" }).toPromise();
    expect(sent[0]?.url).toBe("/graphql");
    expect(JSON.parse(sent[0]?.init.body as string)).toEqual({
      documentId: "sha256:c0ffee",
      operationName: "Clients",
      variables: { tab: "ALL" },
    });
    expect(sent[0]?.init.headers).toMatchObject({
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json",
      "x-atrio-surface": "firm",
    });
  });

  it("gives data and denials of one answer, again from the cache", async () => {
    const errors = [{ message: "Not granted.", path: ["clients"], extensions: { code: "SCOPE" } }];
    answer({ body: { data: { clients: null }, errors } });
    const network = createNetwork();
    for (const _ of [1, 2]) {
      const { data, error } = await network.query(Clients, { tab: "ALL" }).toPromise();
      expect(data).toEqual({ clients: null });
      expect(error?.graphQLErrors[0]?.extensions.code).toBe("SCOPE");
    }
    expect(sent).toHaveLength(1);
  });

  it("refreshes an empty list after a mutation of its type", async () => {
    answer({ body: EMPTY }, { body: { data: { assign: { __typename: "Client" } } } }, { body: EMPTY });
    const network = createNetwork();
    const { unsubscribe } = network.query(Clients, { tab: "ALL" }).subscribe(() => undefined);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    await network.mutation(Assign, {}).toPromise();
    await vi.waitFor(() => expect(sent).toHaveLength(3));
    unsubscribe();
  });

  it("goes to sign-in when the viewer is no longer known", async () => {
    const out = vi.fn();
    whenSignedOut(out);
    answer({ status: 401, body: { errors: [{ message: "Sign in.", extensions: { code: "UNAUTHENTICATED" } }] } });
    await createNetwork().query(Clients, { tab: "ALL" }).toPromise();
    expect(out).toHaveBeenCalled();
  });
});
