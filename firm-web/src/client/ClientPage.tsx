import { useRead } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Badge, Button, NotFound, PageHeading } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { clientPlace } from "../app/places";
import { usePlanName } from "../app/planName";
import { ReadState } from "../app/Screen";
import screen from "../app/Screen.module.css";
import { ClientPage, type ClientPageQuery } from "../gql/operations";
import styles from "./ClientPage.module.css";
import { Figures } from "./Figures";
import { Managers } from "./Managers";
import { WorkAreas } from "./WorkAreas";

export type ClientAccount = NonNullable<ClientPageQuery["client"]>;

const route = getRouteApi("/frame/clients/$id");

/** One client from the portfolio: who works on it, what waits, how the business stands, and the door to its books. */
export function ClientPageScreen() {
  const i18n = useWords();
  const { id } = route.useParams();
  const navigate = route.useNavigate();
  const read = useRead(ClientPage, { id });
  const client = read.data?.client;
  const enter = () => void navigate(clientPlace(id, "workspace"));
  useKeys([{ keys: "e", label: i18n.t("Enter workspace"), group: i18n.t("Client"), run: enter }], client != null);
  return (
    <div className={screen.page}>
      <ReadState read={read} at="client">
        {client ? (
          <>
            <nav aria-label={i18n.t("Where you are")} className={styles.trail}>
              <Link to="/clients">{i18n.t("Clients")}</Link>
            </nav>
            <PageHeading
              detail={<ClientDetail client={client} />}
              actions={
                <Button kind="primary" hint="E" onClick={enter}>
                  {i18n.t("Enter workspace")}
                </Button>
              }
            >
              {client.name}
            </PageHeading>
            <WorkAreas client={client} denials={read.denials} />
            <Figures client={client} denials={read.denials} />
            <Managers client={client} denial={read.denials.at("client.managers", { companyId: client.id })} />
          </>
        ) : (
          <NotFound />
        )}
      </ReadState>
    </div>
  );
}

function ClientDetail({ client }: { client: ClientAccount }) {
  const planName = usePlanName();
  return (
    <span className={styles.detail}>
      {[client.taxId, client.trade, client.city].filter(Boolean).join(" · ")}
      <Badge>{planName(client.subscriptionPlan)}</Badge>
    </span>
  );
}
