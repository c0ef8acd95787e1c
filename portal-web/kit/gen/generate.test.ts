import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { generate } from "./generate.mjs";

const SCHEMA = `
  scalar Money
  type Query { client(id: ID!): Client }
  type Mutation { rename(id: ID!, name: String!): Client }
  type Client { id: ID! name: String! total: Money accounts: [Account!]! }
  type Account { id: ID! }
`;
const QUERY = "query Client($id: ID!) { client(id: $id) { id total accounts { id } } }";

async function operationsOf(...texts: string[]) {
  const { manifest } = await generate(
    SCHEMA,
    texts.map((text, at) => ({ path: `${at}.graphql`, text })),
  );
  return JSON.parse(manifest);
}

describe("the manifest", () => {
  it("has the format the gateway reads, ids being the hash of the body", async () => {
    const { format, version, operations } = await operationsOf(QUERY);
    expect([format, version]).toEqual(["apollo-persisted-query-manifest", 1]);
    const [{ id, name, type, body }] = operations;
    expect([name, type]).toEqual(["Client", "query"]);
    expect(id).toBe(createHash("sha256").update(body).digest("hex"));
  });

  it("gives the same id whatever the formatting and comments", async () => {
    const spread = QUERY.replaceAll("{", "{\n  # a comment\n").replaceAll(" id", "\n\n   id,");
    expect(await operationsOf(spread)).toEqual(await operationsOf(QUERY));
  });

  it("gives another id when the operation changes", async () => {
    const [one] = (await operationsOf(QUERY)).operations;
    const [other] = (await operationsOf(QUERY.replace("total", "name"))).operations;
    expect(other.id).not.toBe(one.id);
  });

  it("adds type names everywhere but at the root", async () => {
    const [{ body }] = (await operationsOf(QUERY)).operations;
    expect(body).toBe("query Client($id:ID!){client(id:$id){__typename id total accounts{__typename id}}}");
  });

  it("leaves type names out where a comment says so", async () => {
    const mutation = '# without __typename\nmutation Rename($id: ID!) { rename(id: $id, name: "x") { id } }';
    const [{ body }] = (await operationsOf(mutation)).operations;
    expect(body).toBe('mutation Rename($id:ID!){rename(id:$id name:"x"){id}}');
  });

  it("carries the fragments an operation uses, from any file", async () => {
    const fragment = "fragment Row on Client { name }";
    const { operations } = await operationsOf("query Client($id: ID!) { client(id: $id) { ...Row } }", fragment);
    expect(operations[0].body).toContain("fragment Row on Client{__typename name}");
  });
});

describe("the stubs", () => {
  it("carry id, name and touched types, and amounts as text", async () => {
    const { types } = await generate(SCHEMA, [{ path: "a.graphql", text: QUERY }]);
    expect(types).toMatch(
      /export const Client = stub<ClientQuery, ClientQueryVariables>\("[0-9a-f]{64}", "Client", "query", \["Account","Client"\]\)/,
    );
    expect(types).toMatch(/total: string \| null/);
  });

  it("refuse a field the schema does not have", async () => {
    const text = "query Client($id: ID!) { client(id: $id) { balance } }";
    await expect(generate(SCHEMA, [{ path: "bank/a.graphql", text }])).rejects.toThrow(/balance.*\n.*bank\/a\.graphql/);
  });

  it("refuse two operations of one name", async () => {
    const sources = [1, 2].map((at) => ({ path: `${at}.graphql`, text: QUERY }));
    await expect(generate(SCHEMA, sources)).rejects.toThrow(/only one operation named "Client"/);
  });
});
