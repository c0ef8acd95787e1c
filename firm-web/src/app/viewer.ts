import { useRead } from "@atrio/kit/graphql";
import { ClientFrame, Viewer } from "../gql/operations";

/** Who is signed in; undefined until the first answer. */
export function useViewer() {
  return useRead(Viewer, {}).data?.viewer;
}

/** The client whose books are open. */
export function useClientFrame(clientId: string | undefined) {
  return useRead(ClientFrame, { id: clientId ?? "" }, clientId === undefined);
}
