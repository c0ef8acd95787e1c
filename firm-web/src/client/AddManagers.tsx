import { matches } from "@atrio/kit/format";
import { useRead, useWrite } from "@atrio/kit/graphql";
import {
  Button,
  Checkbox,
  Denied,
  Dialog,
  EmptyState,
  ErrorState,
  Field,
  Skeleton,
  sayDone,
  TextInput,
  toggled,
} from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useState } from "react";
import { AssignManagers, Colleagues } from "../gql/operations";
import type { ClientAccount } from "./ClientPage";
import styles from "./ClientPage.module.css";

interface AddManagersProps {
  clientId: string;
  present: NonNullable<ClientAccount["managers"]>;
  onClose: () => void;
}

/** Ticks several people; nothing changes before the one confirmation. */
export function AddManagers({ clientId, present, onClose }: AddManagersProps) {
  const i18n = useWords();
  const read = useRead(Colleagues, {});
  const [assign, assigning] = useWrite(AssignManagers);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [search, setSearch] = useState("");
  const [refused, setRefused] = useState<string>();
  const denial = read.denials.at("colleagues");
  const free = (read.data?.colleagues ?? []).filter(
    ({ id, role }) => role === "ACCOUNT_MANAGER" && !present.some(({ membershipId }) => membershipId === id),
  );
  const found = free.filter(({ name, email }) => matches(`${name} ${email ?? ""}`, search));
  const confirm = async () => {
    const { data, failure, denials } = await assign({ clientId, membershipIds: [...chosen] });
    const problem =
      failure?.message ?? data?.assignAccountManagers?.refusals[0]?.message ?? denials.at("assignAccountManagers")?.message;
    if (problem) return setRefused(problem);
    sayDone({ text: i18n.t("{count, plural, one {# manager added.} other {# managers added.}}", { count: chosen.size }) });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={i18n.t("Add managers")}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button
            kind="primary"
            busy={assigning}
            denied={chosen.size === 0 ? i18n.t("Tick at least one person.") : undefined}
            onClick={() => void confirm()}
          >
            {i18n.t("Add {count, plural, one {# person} other {# people}}", { count: chosen.size })}
          </Button>
        </>
      }
    >
      <div className={styles.choices}>
        {read.loading ? (
          <Skeleton rows={4} />
        ) : denial ? (
          <Denied denial={denial} />
        ) : read.failure ? (
          <ErrorState failure={read.failure} onRetry={read.reload} />
        ) : free.length === 0 ? (
          <EmptyState title={i18n.t("Everybody who could work on this client already does.")} icon="people" />
        ) : (
          <>
            <Field label={i18n.t("Search people")} labelUnseen>
              {(ids) => (
                <TextInput
                  {...ids}
                  data-autofocus
                  type="search"
                  placeholder={i18n.t("Search people")}
                  value={search}
                  onChange={(event) => setSearch(event.target.value)}
                />
              )}
            </Field>
            {found.map(({ id, name, email }) => (
              <Checkbox
                key={id}
                checked={chosen.has(id)}
                onChange={() => setChosen(toggled(chosen, id))}
                label={
                  <span className={styles.person}>
                    <span>{name}</span>
                    {email && <small>{email}</small>}
                  </span>
                }
              />
            ))}
          </>
        )}
        {refused && (
          <p role="alert" className={styles.refused}>
            {refused}
          </p>
        )}
      </div>
    </Dialog>
  );
}
