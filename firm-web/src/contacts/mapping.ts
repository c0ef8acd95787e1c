import type { ContactImportColumnInput, ContactImportField } from "../gql/operations";

/** What each column holds, by its place; nothing where it is not read. */
export type Mapping = Readonly<Record<number, ContactImportField | undefined>>;

interface GuessedColumn {
  column: number;
  field?: ContactImportField | null;
}

/** The mapping that the gateway guessed from the headers. */
export function mapped(columns: readonly GuessedColumn[]): Mapping {
  return Object.fromEntries(columns.map(({ column, field }) => [column, field ?? undefined]));
}

/** The mapping as the gateway takes it: columns that are read, in order. */
export function columnsInput(mapping: Mapping): ContactImportColumnInput[] {
  return Object.entries(mapping).flatMap(([column, field]) => (field ? [{ column: Number(column), field }] : []));
}
