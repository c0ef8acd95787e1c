import { useFormats } from "@atrio/kit/format";
import { useRead } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, NotFound, PageHeading, Status } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { clientPlace, rowPlace } from "../app/places";
import { ReadState } from "../app/Screen";
import { InboxFilePage, type InboxFilePageQuery, NextInboxFiles } from "../gql/operations";
import { DiscardDialog } from "./DiscardDialog";
import styles from "./Inbox.module.css";
import { PaperView } from "./PaperView";
import { PurchaseForm } from "./PurchaseForm";
import { nextFile } from "./purchase";
import { useInboxWords } from "./words";

export type ReviewedPaper = NonNullable<InboxFilePageQuery["inboxFile"]>;

const route = getRouteApi("/frame/c/$clientId/inbox/$fileId");

/** One paper beside the form that makes a purchase of it; saving opens the next one. */
export function ReviewScreen() {
  const i18n = useWords();
  const { clientId, fileId } = route.useParams();
  const navigate = route.useNavigate();
  const read = useRead(InboxFilePage, { id: fileId });
  const queue = useRead(NextInboxFiles, { companyId: clientId });
  const [discarding, setDiscarding] = useState(false);
  const file = read.data?.inboxFile;
  const waiting = queue.data?.inboxFiles?.nodes ?? [];
  const next = nextFile(waiting, fileId);
  const goOn = () => void navigate(next ? rowPlace.inboxFile(clientId, next) : clientPlace(clientId, "inbox"));
  const open = file?.state === "TO_REVIEW";
  const group = i18n.t("Inbox");
  useKeys([
    { keys: "n", label: i18n.t("Next paper"), group, run: goOn },
    ...(open ? [{ keys: "d", label: i18n.t("Discard this paper"), group, run: () => setDiscarding(true) }] : []),
  ]);
  return (
    <ReadState read={read} at="inboxFile">
      {!file ? (
        <NotFound />
      ) : (
        <div className={styles.review}>
          <div className={styles.head}>
            <PageHeading
              detail={<PaperDetail file={file} />}
              actions={<NextLink count={queue.data?.inboxFiles?.totalCount} onNext={goOn} />}
            >
              {file.filename}
            </PageHeading>
          </div>
          <PaperView key={`paper ${file.id}`} file={file} />
          {open ? (
            <PurchaseForm
              key={`form ${file.id}`}
              clientId={clientId}
              file={file}
              onSaved={goOn}
              onDiscard={() => setDiscarding(true)}
            />
          ) : (
            <Finished clientId={clientId} file={file} />
          )}
          {discarding && (
            <DiscardDialog
              file={file}
              onClose={() => setDiscarding(false)}
              onDiscarded={() => {
                setDiscarding(false);
                goOn();
              }}
            />
          )}
        </div>
      )}
    </ReadState>
  );
}

function PaperDetail({ file }: { file: ReviewedPaper }) {
  const i18n = useWords();
  const f = useFormats();
  const { kinds } = useInboxWords();
  const pages = i18n.t("{count, plural, one {# page} other {# pages}}", { count: file.pageCount });
  return <>{[kinds[file.kind], pages, f.instant(file.receivedAt), file.sender].filter(Boolean).join(" · ")}</>;
}

function NextLink({ count, onNext }: { count: number | null | undefined; onNext: () => void }) {
  const i18n = useWords();
  return (
    <>
      {count ? <span>{i18n.t("{count, plural, one {# paper waits} other {# papers wait}}", { count })}</span> : null}
      <Button hint="N" icon="right" onClick={onNext}>
        {i18n.t("Next")}
      </Button>
    </>
  );
}

/** A paper that is no longer open: what became of it. */
function Finished({ clientId, file }: { clientId: string; file: ReviewedPaper }) {
  const i18n = useWords();
  const { states } = useInboxWords();
  const { word, tone } = states[file.state];
  return (
    <section className={styles.finished} aria-label={i18n.t("What became of it")}>
      <Status tone={tone}>{word}</Status>
      {file.documentId && (
        <Link {...rowPlace.document(clientId, "purchases", file.documentId)}>{i18n.t("Show the purchase made from it")}</Link>
      )}
      {file.discardReason && <p>{i18n.t("Reason: {reason}", { reason: file.discardReason })}</p>}
    </section>
  );
}
