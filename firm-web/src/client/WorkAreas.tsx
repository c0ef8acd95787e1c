import { useFormats } from "@atrio/kit/format";
import type { Denial, Denials } from "@atrio/kit/graphql";
import { Icon, type IconName, useRoleNames } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { type ClientPlace, clientPlace } from "../app/places";
import type { ClientAccount } from "./ClientPage";
import styles from "./ClientPage.module.css";

interface Count {
  place: ClientPlace;
  label: string;
  value: number | null | undefined;
}

interface Area {
  id: string;
  label: string;
  icon: IconName;
  /** Field of the answer whose denial closes the area. */
  field: string;
  counts: readonly Count[];
}

/** The six places where work waits. A closed one says why and who can open it; the others stand. */
export function WorkAreas({ client, denials }: { client: ClientAccount; denials: Denials }) {
  const i18n = useWords();
  const { pendingWork: work } = client;
  const areas: readonly Area[] = [
    {
      id: "sales",
      label: i18n.t("Sales"),
      icon: "document",
      field: "sales",
      counts: [{ place: "sales", label: i18n.t("to review"), value: work.sales }],
    },
    {
      id: "purchases",
      label: i18n.t("Purchases"),
      icon: "document",
      field: "purchases",
      counts: [{ place: "purchases", label: i18n.t("to review"), value: work.purchases }],
    },
    {
      id: "bank",
      label: i18n.t("Bank"),
      icon: "bank",
      field: "reconciliations",
      counts: [{ place: "bank", label: i18n.t("to match"), value: work.reconciliations }],
    },
    {
      id: "inbox",
      label: i18n.t("Inbox"),
      icon: "inbox",
      field: "inbox",
      counts: [
        { place: "scans", label: i18n.t("scans"), value: work.inbox?.scans },
        { place: "files", label: i18n.t("files"), value: work.inbox?.files },
      ],
    },
    {
      id: "journal",
      label: i18n.t("Journal"),
      icon: "journal",
      field: "entriesToPost",
      counts: [{ place: "journal", label: i18n.t("to post"), value: work.entriesToPost }],
    },
    {
      id: "contacts",
      label: i18n.t("Contacts"),
      icon: "people",
      field: "newContacts",
      counts: [{ place: "contacts", label: i18n.t("new in 15 days"), value: work.newContacts }],
    },
  ];
  return (
    <section className={styles.section} aria-labelledby="waiting">
      <div className={styles.sectionHead}>
        <h2 id="waiting">{i18n.t("What waits")}</h2>
      </div>
      <ul className={styles.areas}>
        {areas.map((area) => (
          <WorkArea
            key={area.id}
            area={area}
            clientId={client.id}
            denial={denials.at(`client.pendingWork.${area.field}`, { companyId: client.id })}
          />
        ))}
      </ul>
    </section>
  );
}

function WorkArea({ area, clientId, denial }: { area: Area; clientId: string; denial: Denial | undefined }) {
  const f = useFormats();
  return (
    <li className={styles.area}>
      <h3 className={styles.areaHead}>
        <Icon name={denial ? "lock" : area.icon} />
        {area.label}
      </h3>
      {denial ? (
        <Closed denial={denial} />
      ) : (
        <div className={styles.counts}>
          {area.counts.map(({ place, label, value }) => (
            <Link
              key={place}
              {...clientPlace(clientId, place)}
              className={value ? styles.count : `${styles.count} ${styles.none}`}
            >
              <b>{value === null || value === undefined ? "–" : f.count(value)}</b> {label}
            </Link>
          ))}
        </div>
      )}
    </li>
  );
}

function Closed({ denial }: { denial: Denial }) {
  const i18n = useWords();
  const roles = useRoleNames();
  const who = denial.grantors.map((name) => roles[name] ?? name).join(", ");
  return (
    <div className={styles.reason}>
      <p>{denial.message}</p>
      {who && <p>{i18n.t("Who can open it: {who}", { who })}</p>}
    </div>
  );
}
