import { useWords } from "@atrio/kit/words";
import type { Scope } from "../gql/operations";
import { useClientFrame } from "./viewer";

/** Why an act cannot be done in this client's books, for `<Button denied>`; undefined if it can. */
export function useWriteAccess(clientId: string, scope: Scope, action: "edit" | "approve"): string | undefined {
  const i18n = useWords();
  const scopes = useClientFrame(clientId).data?.client?.grant.scopes;
  if (!scopes || scopes.some((one) => one.scope === scope && one[action])) return undefined;
  return i18n.t("You may look at this, but not change it: your role or what the client granted does not allow it.");
}
