import type { TypedDocumentNode } from "@urql/core";

type Kind = "query" | "mutation";

/** What one registered operation looks like in the browser: its id and types, never its text. */
export interface Stub<Data, Variables> extends TypedDocumentNode<Data, Variables & Record<string, unknown>> {
  documentId: string;
  operationName: string;
  /** Object types the answer may hold; a mutation that touches one refreshes the list, even an empty one. */
  typenames: readonly string[];
}

/** Called by generated code only. urql wants one named definition to tell queries from mutations. */
export function stub<Data, Variables>(id: string, name: string, kind: Kind, typenames: readonly string[]): Stub<Data, Variables> {
  return {
    kind: "Document",
    documentId: `sha256:${id}`,
    operationName: name,
    typenames,
    definitions: [
      {
        kind: "OperationDefinition",
        operation: kind,
        name: { kind: "Name", value: name },
        selectionSet: { kind: "SelectionSet", selections: [] },
      },
    ],
  } as unknown as Stub<Data, Variables>;
}
