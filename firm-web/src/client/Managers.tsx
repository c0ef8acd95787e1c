import { type Denial, useWrite } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Badge, Button, Denied, Dialog, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useState } from "react";
import { useViewer } from "../app/viewer";
import { RemoveManager } from "../gql/operations";
import { AddManagers } from "./AddManagers";
import type { ClientAccount } from "./ClientPage";
import styles from "./ClientPage.module.css";

type Manager = NonNullable<ClientAccount["managers"]>[number];

/** Who of the firm works on this client. Owner and administrators change it. */
export function Managers({ client, denial }: { client: ClientAccount; denial: Denial | undefined }) {
  const i18n = useWords();
  const role = useViewer()?.role;
  const mayChange = role === "FIRM_OWNER" || role === "FIRM_ADMIN";
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<Manager>();
  const add = () => setAdding(true);
  useKeys([{ keys: "a", label: i18n.t("Add managers"), group: i18n.t("Client"), run: add }], mayChange);
  const managers = client.managers ?? [];
  return (
    <section className={styles.section} aria-labelledby="managers">
      <div className={styles.sectionHead}>
        <h2 id="managers">{i18n.t("Managers")}</h2>
        {mayChange && (
          <Button icon="plus" hint="A" onClick={add}>
            {i18n.t("Add")}
          </Button>
        )}
      </div>
      {denial ? (
        <Denied denial={denial} />
      ) : managers.length === 0 ? (
        <p className={styles.reason}>
          {i18n.t("Nobody is assigned yet. Only owner and administrators of the firm see this client.")}
        </p>
      ) : (
        <ul className={styles.people}>
          {managers.map((manager) => (
            <li key={manager.id}>
              <span className={styles.person}>
                <span>{manager.name}</span>
                {manager.email && <small>{manager.email}</small>}
              </span>
              <Badge>{manager.kind === "BOOKKEEPER" ? i18n.t("Bookkeeper") : i18n.t("Manager")}</Badge>
              {mayChange && (
                <Button kind="bare" icon="close" iconOnly onClick={() => setLeaving(manager)}>
                  {i18n.t("Remove {name}", { name: manager.name })}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {adding && <AddManagers clientId={client.id} present={managers} onClose={() => setAdding(false)} />}
      {leaving && <RemoveDialog client={client} manager={leaving} onClose={() => setLeaving(undefined)} />}
    </section>
  );
}

function RemoveDialog({ client, manager, onClose }: { client: ClientAccount; manager: Manager; onClose: () => void }) {
  const i18n = useWords();
  const [remove, removing] = useWrite(RemoveManager);
  const [refused, setRefused] = useState<string>();
  const confirm = async () => {
    const { data, failure, denials } = await remove({ clientId: client.id, membershipId: manager.membershipId });
    const problem =
      failure?.message ?? data?.removeAccountManager?.refusals[0]?.message ?? denials.at("removeAccountManager")?.message;
    if (problem) return setRefused(problem);
    sayDone({ text: i18n.t("{name} no longer works on {client}.", { name: manager.name, client: client.name }) });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width="narrow"
      title={i18n.t("Remove {name}?", { name: manager.name })}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="danger" busy={removing} data-autofocus onClick={() => void confirm()}>
            {i18n.t("Remove")}
          </Button>
        </>
      }
    >
      <p>{i18n.t("{client} disappears from this person's clients at once. Other managers keep it.", { client: client.name })}</p>
      {refused && (
        <p role="alert" className={styles.refused}>
          {refused}
        </p>
      )}
    </Dialog>
  );
}
