import type { Denial } from "@atrio/kit/graphql";
import { useWords } from "@atrio/kit/words";
import type { Scope } from "../gql/operations";
import { useClientFrame } from "./viewer";

/**
 * Why a module of this client is closed; undefined if it is open. A list over companies leaves closed
 * ones out without a word, so a screen of one company has to look at the grant itself.
 */
export function useReadAccess(clientId: string, scope: Scope): Denial | undefined {
  const i18n = useWords();
  const grant = useClientFrame(clientId).data?.client?.grant.scopes.find((one) => one.scope === scope);
  if (!grant || grant.view) return undefined;
  const { inPlan } = grant;
  return {
    code: inPlan ? "SCOPE" : "PLAN",
    layer: inPlan ? "SCOPE" : "PLAN",
    scope,
    action: "VIEW",
    grantors: ["CLIENT_OWNER"],
    message: inPlan
      ? i18n.t("The client company has not granted this module to your firm.")
      : i18n.t("The subscription plan of the client company does not include this module."),
  };
}
