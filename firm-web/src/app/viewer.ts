import { type Client, useRead } from "@atrio/kit/graphql";
import { ClientFrame, type Role, Viewer, type ViewerQuery } from "../gql/operations";

/** Who is signed in; undefined until the first answer. */
export function useViewer() {
  return useRead(Viewer, {}).data?.viewer;
}

/** The company of who works for one of the clients instead of the firm: its books are all they have here. */
export function useOwnCompany(): { id: string; name: string } | undefined {
  const viewer = useViewer();
  return viewer?.role.startsWith("CLIENT_") ? { id: viewer.companyId, name: viewer.companyName } : undefined;
}

/** The role of who is signed in, before there is a screen; undefined if the gateway does not say. Shares the frame's request. */
export async function roleOfViewer(network: Client): Promise<Role | undefined> {
  const { data } = await network.query<ViewerQuery>(Viewer, {}).toPromise();
  return data?.viewer.role;
}

/** The client whose books are open. */
export function useClientFrame(clientId: string | undefined) {
  return useRead(ClientFrame, { id: clientId ?? "" }, clientId === undefined);
}
