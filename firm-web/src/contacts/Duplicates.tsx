import { useFormats } from "@atrio/kit/format";
import { newRequestKey, useRead, useWrite } from "@atrio/kit/graphql";
import { Badge, Button, EmptyState, PageHeading, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { clientPlace, rowPlace } from "../app/places";
import { ReadState } from "../app/Screen";
import screen from "../app/Screen.module.css";
import { useWriteAccess } from "../app/useWriteAccess";
import { ContactDuplicates, type ContactDuplicatesQuery, MergeContacts, UndoContactMerge } from "../gql/operations";
import styles from "./Contacts.module.css";
import { useLikenesses } from "./words";

type Pair = NonNullable<ContactDuplicatesQuery["contactDuplicates"]>[number];
type Side = Pair["older"];

const route = getRouteApi("/frame/c/$clientId/contacts/duplicates");

/** Cards that may be one business, side by side: keep one of the two, or leave both. Every merge can be undone. */
export function DuplicatesScreen() {
  const i18n = useWords();
  const f = useFormats();
  const { clientId } = route.useParams();
  const read = useRead(ContactDuplicates, { companyId: clientId });
  const closed = useWriteAccess(clientId, "CONTACTS", "edit");
  const [undo] = useWrite(UndoContactMerge);
  const [problem, setProblem] = useState<string>();
  const pairs = read.data?.contactDuplicates ?? [];
  const merges = read.data?.contactMerges?.nodes ?? [];
  const takeBack = async (id: string) => {
    const { data, failure, denials } = await undo({ id });
    const refusal = data?.undoContactMerge?.refusals[0];
    setProblem(failure?.message ?? refusal?.message ?? denials.at("undoContactMerge")?.message);
    read.reload();
  };
  return (
    <div className={screen.page}>
      <nav aria-label={i18n.t("Where you are")} className={styles.trail}>
        <Link {...clientPlace(clientId, "contacts")} search={{}}>
          {i18n.t("Contacts")}
        </Link>
      </nav>
      <PageHeading>{i18n.t("Duplicates")}</PageHeading>
      <ReadState read={read} at="contactDuplicates">
        {problem && (
          <p role="alert" className={styles.refused}>
            {problem}
          </p>
        )}
        {pairs.length === 0 ? (
          <EmptyState title={i18n.t("No two contacts look alike.")} icon="check" />
        ) : (
          <ul className={styles.pairs} aria-label={i18n.t("Contacts that may be one")}>
            {pairs.map((pair) => (
              <PairCard
                key={`${pair.older.id} ${pair.newer.id}`}
                pair={pair}
                clientId={clientId}
                closed={closed}
                onMerged={read.reload}
                onUndo={takeBack}
              />
            ))}
          </ul>
        )}
        {merges.length > 0 && (
          <section className={styles.section} aria-labelledby="merges">
            <h2 id="merges">{i18n.t("Merged contacts")}</h2>
            <ul className={styles.pairs}>
              {merges.map((merge) => (
                <li key={merge.id} className={styles.kinds}>
                  <span>
                    {merge.merged?.name} → {merge.surviving?.name}
                  </span>
                  <span className={styles.quiet}>{f.instant(merge.mergedAt)}</span>
                  <Button icon="undo" denied={closed} onClick={() => void takeBack(merge.id)}>
                    {i18n.t("Undo the merge")}
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </ReadState>
    </div>
  );
}

interface PairCardProps {
  pair: Pair;
  clientId: string;
  closed: string | undefined;
  onMerged: () => void;
  onUndo: (mergeId: string) => Promise<void>;
}

function PairCard({ pair, clientId, closed, onMerged, onUndo }: PairCardProps) {
  const i18n = useWords();
  const f = useFormats();
  const likenesses = useLikenesses();
  const [merge, merging] = useWrite(MergeContacts);
  const [requestKey] = useState(newRequestKey);
  const [problem, setProblem] = useState<string>();
  const keep = async (kept: Side, gone: Side) => {
    const { data, failure, denials } = await merge({ survivingId: kept.id, mergedId: gone.id, requestKey });
    const payload = data?.mergeContacts;
    const refused = failure?.message ?? payload?.refusals[0]?.message ?? denials.at("mergeContacts")?.message;
    if (refused !== undefined || !payload?.merge) return setProblem(refused ?? "");
    const { id } = payload.merge;
    sayDone({ text: i18n.t("{gone} merged into {kept}", { gone: gone.name, kept: kept.name }), undo: () => onUndo(id) });
    onMerged();
  };
  const side = (one: Side, other: Side) => (
    <div className={styles.side}>
      <Link {...rowPlace.contact(clientId, one.id)}>{one.name}</Link>
      <span className="tabular">{one.taxId ?? "–"}</span>
      <span>{one.email ?? "–"}</span>
      <span>{one.city ?? "–"}</span>
      <span className={styles.quiet}>{i18n.t("made {date}", { date: f.instant(one.createdAt) })}</span>
      <Button denied={closed} busy={merging} onClick={() => void keep(one, other)}>
        {i18n.t("Keep {name}", { name: one.name })}
      </Button>
    </div>
  );
  return (
    <li className={styles.pair}>
      <p className={`${styles.wide} ${styles.kinds}`}>
        {pair.reasons.map((reason) => (
          <Badge key={reason}>{likenesses[reason]}</Badge>
        ))}
      </p>
      {side(pair.older, pair.newer)}
      {side(pair.newer, pair.older)}
      {problem !== undefined && (
        <p role="alert" className={`${styles.wide} ${styles.refused}`}>
          {problem}
        </p>
      )}
    </li>
  );
}
