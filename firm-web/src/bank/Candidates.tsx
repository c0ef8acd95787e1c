import { useFormats } from "@atrio/kit/format";
import { startRead, useClient, useRead } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, Checkbox, Denied, ErrorState, MoneyInput, Skeleton, Status, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useEffect, useRef, useState } from "react";
import { useDocumentTypes } from "../app/documentWords";
import { MatchCandidates, type MatchCandidatesQuery } from "../gql/operations";
import styles from "./Bank.module.css";
import type { Match, Target } from "./decisionLog";
import { fitting, gapOf, isAgainst, proposedLabel, proposedMatch, type Row, restAfter, targetOf } from "./lines";
import { Rest } from "./Rest";

type Candidate = NonNullable<MatchCandidatesQuery["matchCandidates"]>[number];

export type OnMatch = (what: Match, label: string) => void;

interface CandidatesProps {
  clientId: string;
  row: Row;
  denied: string | undefined;
  onMatch: OnMatch;
}

type Chosen = Target & { label: string; currency: string; against: boolean; outstanding: string };

const NUMBERED_MAX = 9;
const WAIT_MS = 120;

const labelOf = ({ number, contactName }: Candidate) => [number, contactName].filter(Boolean).join(" ");

/** Documents that could settle the line: 1 to 9 take one, F searches others, ticks take several or a part. */
export function Candidates({ clientId, row, denied, onMatch }: CandidatesProps) {
  const i18n = useWords();
  const f = useFormats();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const search = useSettled(text);
  // Walking fast through the list asks for nothing; only a line that is stayed on does.
  const stayed = useStayed();
  const read = useRead(MatchCandidates, { lineId: row.id, search: search || null }, !stayed);
  // Matching other lines leaves the cache alone, so what was seen before is asked again.
  const network = useClient();
  useEffect(() => {
    if (stayed) startRead(network, MatchCandidates, { lineId: row.id, search: search || null });
  }, [network, row.id, search, stayed]);
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const found = read.data?.matchCandidates ?? [];
  const denial = read.denials.at("matchCandidates");
  const take = (one: Candidate) =>
    denied === undefined && onMatch({ targets: [targetOf(row, one)], difference: one.difference ?? undefined }, labelOf(one));
  const together = proposedMatch(row);
  const group = i18n.t("Bank");
  useKeys([
    ...found.slice(0, NUMBERED_MAX).map((one, index) => ({
      keys: String(index + 1),
      label: i18n.t("Match with {label}", { label: labelOf(one) }),
      group,
      run: () => void take(one),
    })),
    { keys: "f", label: i18n.t("Find a document"), group, run: () => field.current?.focus() },
  ]);
  const rest = restAfter(row, chosen);
  const toggle = (one: Candidate) =>
    setChosen((now) =>
      now.some(({ documentId }) => documentId === one.documentId)
        ? now.filter(({ documentId }) => documentId !== one.documentId)
        : [...now, chosenOf(row, one, rest)],
    );
  const setAmount = (documentId: string, field: "amount" | "paid", amount: string | null) =>
    setChosen((now) => now.map((one) => (one.documentId === documentId ? { ...one, [field]: amount ?? "0.00" } : one)));
  return (
    <>
      <TextInput
        ref={field}
        type="search"
        aria-label={i18n.t("Find a document")}
        placeholder={`${i18n.t("Find a document")}  F`}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
          if (event.key === "Enter" && search === text && found[0]) void take(found[0]);
        }}
      />
      {read.loading || !stayed ? (
        <Skeleton rows={4} />
      ) : denial ? (
        <Denied denial={denial} />
      ) : read.failure ? (
        <ErrorState failure={read.failure} onRetry={read.reload} />
      ) : found.length === 0 ? (
        <p className={styles.quiet}>
          {search ? i18n.t("No open document fits this search.") : i18n.t("No open document fits this line. Search for one.")}
        </p>
      ) : (
        <>
          {together && row.proposedWith.length > 0 && !search && (
            <div className={styles.foot}>
              <span>{proposedLabel(row)}</span>
              <Button kind="primary" hint="Enter" denied={denied} onClick={() => onMatch(together, proposedLabel(row))}>
                {i18n.t("{count, plural, one {Match # document} other {Match # documents}}", {
                  count: together.targets.length,
                })}
              </Button>
            </div>
          )}
          <ol className={styles.candidates} aria-label={i18n.t("Documents that fit")}>
            {found.map((one, index) => {
              const part = chosen.find(({ documentId }) => documentId === one.documentId);
              return (
                <li key={`${one.documentId}${one.givesBack}`} className={styles.candidate}>
                  <span className={styles.key} aria-hidden={index >= NUMBERED_MAX}>
                    {index < NUMBERED_MAX ? index + 1 : ""}
                  </span>
                  <CandidateBody candidate={one} />
                  <span className={styles.candidateActs}>
                    <span className="tabular">
                      {f.money(one.direction === "OUT" ? `-${one.outstanding}` : one.outstanding, one.currency)}
                    </span>
                    <Button denied={denied} onClick={() => void take(one)}>
                      {i18n.t("Match")}
                    </Button>
                  </span>
                  <div className={styles.splitAmount}>
                    <Checkbox label={i18n.t("One of several")} checked={part !== undefined} onChange={() => toggle(one)} />
                    {part && (
                      <MoneyInput
                        aria-label={i18n.t("Amount for {label}", { label: part.label })}
                        value={part.amount}
                        onChange={(amount) => setAmount(one.documentId, "amount", amount)}
                      />
                    )}
                    {part?.paid !== undefined && (
                      <>
                        <span className={styles.quiet}>{i18n.t("Of the line, in {currency}", { currency: row.currency })}</span>
                        <MoneyInput
                          aria-label={i18n.t("Paid for {label} in {currency}", { label: part.label, currency: row.currency })}
                          value={part.paid}
                          onChange={(amount) => setAmount(one.documentId, "paid", amount)}
                        />
                      </>
                    )}
                  </div>
                </li>
              );
            })}
          </ol>
        </>
      )}
      <Rest
        clientId={clientId}
        row={row}
        rest={rest}
        count={chosen.length}
        gap={gapOf(row, chosen)}
        denied={denied}
        onMatch={({ parts, difference }, account) => {
          const targets = chosen.map(({ documentId, amount, paid, givesBack, outstanding }) => ({
            documentId,
            amount: difference ? outstanding : amount,
            paid,
            givesBack,
          }));
          const label = [...chosen.map((one) => one.label), ...(account ? [account] : [])].join(", ");
          onMatch({ targets, parts, difference }, label);
        }}
      />
    </>
  );
}

/** What is ticked: as much as the line still has; what goes against it, whole. */
function chosenOf(row: Row, one: Candidate, rest: string): Chosen {
  const target = targetOf(row, one);
  const against = isAgainst(row, one);
  const whole = against || target.paid !== undefined;
  const amount = whole ? target.amount : fitting(one.outstanding ?? "0.00", rest);
  const outstanding = one.outstanding ?? "0.00";
  return { ...target, amount, label: labelOf(one), currency: one.currency ?? row.currency, against, outstanding };
}

function CandidateBody({ candidate }: { candidate: Candidate }) {
  const i18n = useWords();
  const f = useFormats();
  const types = useDocumentTypes();
  const type = types[candidate.documentType as keyof typeof types];
  return (
    <span className={styles.candidateBody}>
      <strong>{labelOf(candidate)}</strong>
      <span className={styles.quiet}>
        {type} · {f.date(candidate.issuedOn)}
        {candidate.givesBack && (
          <>
            {" "}
            <Status tone="wait">{i18n.t("Paid, goes back")}</Status>
          </>
        )}
      </span>
      <span>
        {i18n.t("{certainty} certain", { certainty: f.percent(String(candidate.certainty)) })}
        <span className={styles.quiet}> {candidate.reasons.join(" ")}</span>
      </span>
    </span>
  );
}

/** The text once typing pauses. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), WAIT_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** False for the first moment of the component's life. */
function useStayed(): boolean {
  const [stayed, setStayed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setStayed(true), WAIT_MS);
    return () => clearTimeout(timer);
  }, []);
  return stayed;
}
