import { useRead } from "@atrio/kit/graphql";
import { NotFound, PageHeading } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi } from "@tanstack/react-router";
import { ReadState } from "../app/Screen";
import screen from "../app/Screen.module.css";
import { ClientPage } from "../gql/operations";
import { Figures } from "./Figures";
import { WorkAreas } from "./WorkAreas";

const route = getRouteApi("/frame/c/$clientId/");

/** Where one arrives inside a client's books: how the business stands and what waits. */
export function WorkspaceScreen() {
  const i18n = useWords();
  const { clientId } = route.useParams();
  const read = useRead(ClientPage, { id: clientId });
  const client = read.data?.client;
  return (
    <div className={screen.page}>
      <ReadState read={read} at="client">
        {client ? (
          <>
            <PageHeading detail={client.name}>{i18n.t("Overview")}</PageHeading>
            <WorkAreas client={client} denials={read.denials} />
            <Figures client={client} denials={read.denials} />
          </>
        ) : (
          <NotFound />
        )}
      </ReadState>
    </div>
  );
}
