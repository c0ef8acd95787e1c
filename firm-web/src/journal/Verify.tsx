import { useFormats } from "@atrio/kit/format";
import { useRead } from "@atrio/kit/graphql";
import { Button, Denied, Dialog, ErrorState, Skeleton, Status } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { rowPlace } from "../app/places";
import { VerifyLedger, type VerifyLedgerQuery } from "../gql/operations";

type Broken = NonNullable<NonNullable<VerifyLedgerQuery["ledgerVerification"]>["broken"]>;

/** Asks the gateway to recompute the chain of posted entries, and names the first that does not hold. */
export function VerifyDialog({ clientId, onClose }: { clientId: string; onClose: () => void }) {
  const i18n = useWords();
  const f = useFormats();
  const read = useRead(VerifyLedger, { companyId: clientId });
  const denial = read.denials.at("ledgerVerification");
  const found = read.data?.ledgerVerification;
  return (
    <Dialog
      open
      onClose={onClose}
      title={i18n.t("Verify the entries")}
      actions={
        <Button kind="primary" data-autofocus onClick={onClose}>
          {i18n.t("Close")}
        </Button>
      }
    >
      <p>{i18n.t("Every posted entry carries the seal of the one before it. All of them are recomputed from the first.")}</p>
      <div role="status">
        {read.loading ? (
          <Skeleton rows={2} />
        ) : denial ? (
          <Denied denial={denial} />
        ) : read.failure ? (
          <ErrorState failure={read.failure} onRetry={read.reload} />
        ) : found?.broken ? (
          <BrokenEntry clientId={clientId} broken={found.broken} />
        ) : (
          <Status tone="good">
            {i18n.t("{count, plural, one {# entry is as it was posted.} other {All # entries are as they were posted.}}", {
              count: found?.entryCount ?? 0,
            })}
          </Status>
        )}
      </div>
      {found?.broken?.entryOn && (
        <p>
          {i18n.t("Its date now: {day}. Restore the books from a copy before you go on.", { day: f.date(found.broken.entryOn) })}
        </p>
      )}
    </Dialog>
  );
}

function BrokenEntry({ clientId, broken }: { clientId: string; broken: Broken }) {
  const i18n = useWords();
  const why: Record<string, string> = {
    POSITION: i18n.t("an entry before it is missing"),
    LINK: i18n.t("it follows another entry than when it was posted"),
    HASH: i18n.t("it says something else than was posted"),
    AMOUNTS: i18n.t("its amounts do not add up"),
    END: i18n.t("the last entry is missing"),
  };
  const reason = why[broken.reason ?? ""] ?? broken.reason;
  if (!broken.entryId) return <Status tone="bad">{i18n.t("The books were altered: {reason}.", { reason })}</Status>;
  return (
    <>
      <Status tone="bad">
        {i18n.t("Entry {number} of {year} was altered: {reason}.", { number: broken.number, year: broken.fiscalYear, reason })}
      </Status>{" "}
      <Link {...rowPlace.entry(clientId, broken.entryId)}>{i18n.t("Show the entry")}</Link>
    </>
  );
}
