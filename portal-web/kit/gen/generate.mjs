/**
 * Turns the `.graphql` files of one app into registered operations.
 *
 * Each operation is validated against the schema, completed with `__typename` (the cache of the app
 * knows by it which lists an act touches), printed without anything a parser ignores, and named by the
 * SHA-256 of that text. The browser gets types and ids; the gateway gets the texts, in the format
 * of an Apollo persisted query manifest. A comment line `# without __typename` above an operation
 * leaves the names out, so that its answer refreshes no list.
 */
import { createHash } from "node:crypto";
import { codegen } from "@graphql-codegen/core";
import * as typescriptOperations from "@graphql-codegen/typescript-operations";
import {
  buildSchema,
  getNamedType,
  isObjectType,
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from "graphql";

const SCALARS = { ID: "string", Money: "string", Date: "string", DateTime: "string", JSON: "unknown" };
const NO_TYPENAME = /^#\s*without __typename\s*$/m;

/** @typedef {{ path: string, text: string }} Source */
/** @typedef {{ id: string, name: string, type: "query" | "mutation", body: string, typenames: string[] }} Registered */

/**
 * Parses and checks all sources together; fragments may live in any of them.
 * @param {import("graphql").GraphQLSchema} schema
 * @param {Source[]} sources
 * @returns {Registered[]} sorted by name
 */
export function register(schema, sources) {
  const definitions = sources.flatMap(({ path, text }) =>
    parse(text).definitions.map((definition) => ({ path, definition, bare: commentedBare(text, definition) })),
  );
  const document = { kind: Kind.DOCUMENT, definitions: definitions.map(({ definition }) => definition) };
  const problems = validate(schema, document);
  if (problems.length > 0) throw new Error(problems.map((one) => `${one.message}\n${place(sources, one)}`).join("\n"));
  const fragments = new Map(
    definitions.flatMap(({ definition }) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
  const operations = definitions.filter(({ definition }) => definition.kind === Kind.OPERATION_DEFINITION);
  return operations
    .map(({ path, definition, bare }) => {
      if (!definition.name) throw new Error(`${path}: every operation has a name`);
      return toRegistered(schema, withFragments(definition, fragments), bare);
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The comment block directly above an operation. */
function commentedBare(text, definition) {
  const before = text.slice(0, definition.loc.start).trimEnd().split("\n");
  const comments = [];
  while (before.at(-1)?.trimStart().startsWith("#")) comments.push(before.pop());
  return NO_TYPENAME.test(comments.join("\n"));
}

function place(sources, problem) {
  const name = problem.nodes?.[0]?.loc?.source.body;
  return sources.find(({ text }) => text === name)?.path ?? "";
}

function withFragments(operation, fragments) {
  const used = new Map();
  const collect = (node) =>
    visit(node, {
      FragmentSpread({ name }) {
        if (used.has(name.value)) return;
        used.set(name.value, fragments.get(name.value));
        collect(fragments.get(name.value));
      },
    });
  collect(operation);
  const names = [...used.keys()].sort();
  return { kind: Kind.DOCUMENT, definitions: [operation, ...names.map((name) => used.get(name))] };
}

const TYPENAME = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

/** Adds `__typename` to every selection but an operation's own. */
function addTypenames(document) {
  return visit(document, {
    SelectionSet(node, _key, parent) {
      const has = node.selections.some(({ kind, name }) => kind === Kind.FIELD && name.value === "__typename");
      if (parent?.kind === Kind.OPERATION_DEFINITION || has) return undefined;
      return { ...node, selections: [TYPENAME, ...node.selections] };
    },
  });
}

function touched(schema, document) {
  const info = new TypeInfo(schema);
  const names = new Set();
  visit(
    document,
    visitWithTypeInfo(info, {
      Field() {
        const type = getNamedType(info.getType());
        if (isObjectType(type)) names.add(type.name);
      },
    }),
  );
  return [...names].sort();
}

function toRegistered(schema, document, bare) {
  const [operation] = document.definitions;
  const body = stripIgnoredCharacters(print(bare ? document : addTypenames(document)));
  return {
    id: createHash("sha256").update(body).digest("hex"),
    name: operation.name.value,
    type: operation.operation,
    body,
    typenames: touched(schema, document),
  };
}

/**
 * Both generated files of one app.
 * @param {string} schemaText
 * @param {Source[]} sources
 * @returns {Promise<{ types: string, manifest: string }>}
 */
export async function generate(schemaText, sources) {
  const schema = buildSchema(schemaText);
  const operations = register(schema, sources);
  const manifest = {
    format: "apollo-persisted-query-manifest",
    version: 1,
    operations: operations.map(({ id, name, type, body }) => ({ id, name, type, body })),
  };
  const types = await codegen({
    filename: "operations.ts",
    schema: parse(schemaText),
    documents: withFragmentsOnce(operations),
    config: {
      scalars: SCALARS,
      enumsAsTypes: true,
      strictScalars: true,
      useTypeImports: true,
      skipTypename: false,
      dedupeFragments: true,
    },
    skipDocumentsValidation: { skipDuplicateValidation: true },
    plugins: [{ operations: {} }],
    pluginMap: { operations: typescriptOperations },
  });
  return {
    types: `${HEADER}${types.trim()}\n\n${operations.map(printStub).join("\n")}`,
    manifest: `${JSON.stringify(manifest, null, 2)}\n`,
  };
}

/** Fragments are printed into each operation that uses them; the types need them once. */
function withFragmentsOnce(operations) {
  const seen = new Set();
  return operations.map(({ body, name }) => {
    const document = parse(body);
    const definitions = document.definitions.filter((definition) => {
      if (definition.kind !== Kind.FRAGMENT_DEFINITION) return true;
      return !seen.has(definition.name.value) && seen.add(definition.name.value);
    });
    return { location: name, document: { ...document, definitions } };
  });
}

const HEADER = `// Generated by \`npm run gen\` from the .graphql files of this app. Do not edit.
import { stub } from "@atrio/kit/graphql";

`;

function printStub({ id, name, type, typenames }) {
  const kind = type === "query" ? "Query" : "Mutation";
  const generics = `${name}${kind}, ${name}${kind}Variables`;
  return `export const ${name} = stub<${generics}>("${id}", "${name}", "${type}", ${JSON.stringify(typenames)});\n`;
}
