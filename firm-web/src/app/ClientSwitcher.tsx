import { useClient } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Badge, Combobox, Status } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { ClientNames } from "../gql/operations";
import styles from "./ClientSwitcher.module.css";
import { sameScreen } from "./places";
import { usePlanName } from "./planName";
import { useClientSections } from "./sections";
import { useClientFrame } from "./viewer";

const NEIGHBOURS_MAX = 200;
const FOUND_MAX = 20;

/** Whose books are open, always in sight; typing changes to another client on the same screen. */
export function ClientSwitcher({ clientId }: { clientId: string }) {
  const i18n = useWords();
  const planName = usePlanName();
  const network = useClient();
  const navigate = useNavigate();
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  const client = useClientFrame(clientId).data?.client;
  const change = (id: string) => void navigate({ to: sameScreen(pathname, id) });
  const find = async (search: string) => {
    const text = search === client?.name ? "" : search;
    const { data } = await network.query(ClientNames, { search: text, first: FOUND_MAX }).toPromise();
    return (data?.clients?.nodes ?? []).map(({ id, name, taxId }) => ({ id, label: name, detail: taxId ?? undefined }));
  };
  const step = async (by: number) => {
    const { data } = await network.query(ClientNames, { search: "", first: NEIGHBOURS_MAX }).toPromise();
    const nodes = data?.clients?.nodes ?? [];
    const at = nodes.findIndex(({ id }) => id === clientId);
    const next = at < 0 ? undefined : nodes.at((at + by) % nodes.length);
    if (next) change(next.id);
  };
  const group = i18n.t("Go to");
  useKeys([
    { keys: "Alt+Shift+ArrowDown", label: i18n.t("Next client, same screen"), group, run: () => void step(1) },
    { keys: "Alt+Shift+ArrowUp", label: i18n.t("Previous client, same screen"), group, run: () => void step(-1) },
  ]);
  const sections = useClientSections(clientId);
  const limited = client?.grant.scopes.some(
    ({ scope, view, inPlan }) => inPlan && !view && sections.some((section) => section.scope === scope),
  );
  return (
    <div className={styles.switcher}>
      <div className={styles.box}>
        <Combobox aria-label={i18n.t("Client")} value={client?.name ?? ""} options={find} onChoose={({ id }) => change(id)} />
      </div>
      {client && (
        <div className={styles.state}>
          <Badge>{planName(client.subscriptionPlan)}</Badge>
          <Status tone={limited ? "wait" : "good"}>{limited ? i18n.t("Access limited") : i18n.t("Access granted")}</Status>
        </div>
      )}
    </div>
  );
}
