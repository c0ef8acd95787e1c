import { useRead } from "@atrio/kit/graphql";
import { NotFound, PageHeading } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Navigate } from "@tanstack/react-router";
import { rowPlace } from "../app/places";
import { ReadState } from "../app/Screen";
import screen from "../app/Screen.module.css";
import { useOwnCompany } from "../app/viewer";
import { ClientPage } from "../gql/operations";
import { Figures } from "./Figures";
import { WorkAreas } from "./WorkAreas";

const route = getRouteApi("/frame/c/$clientId/");

/** Where one arrives inside a client's books; who works for that client starts at its documents. */
export function WorkspaceScreen() {
  const own = useOwnCompany();
  return own ? <Navigate {...rowPlace.documentsIn(own.id, "sales")} replace /> : <Overview />;
}

/** How the business stands and what waits. */
function Overview() {
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
