import { useKeys } from "@atrio/kit/keys";
import { Button, Menu, type MenuItem } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { type DocumentType, useDocumentTypes } from "../app/documentWords";
import { BatchResults } from "../app/list/BatchResults";
import { type DocumentSide, rowPlace } from "../app/places";
import { useWriteAccess } from "../app/useWriteAccess";
import { ConvertDialog } from "./ConvertDialog";
import type { PurchasePaper, SalesPaper } from "./DocumentBody";
import { MailDialog } from "./MailDialog";
import { AdvanceDialog } from "./payments/AdvanceDialog";
import { DecideDialog, RectifyDialog, VoidDialog } from "./StepDialogs";
import { SubstituteDialog } from "./SubstituteDialog";
import {
  canCancel,
  canDecide,
  canDeduct,
  canMail,
  canRectify,
  canSend,
  canSubstitute,
  canUnapprove,
  canVoid,
  isDraft,
  nextTypes,
} from "./steps";
import { useDocumentBatch } from "./useDocumentBatch";
import { useSteps } from "./useSteps";

interface DocumentActsProps {
  clientId: string;
  side: DocumentSide;
  document: SalesPaper | PurchasePaper;
}

type Asking =
  | { what: "convert"; into: DocumentType }
  | { what: "rectify" }
  | { what: "substitute" }
  | { what: "advance" }
  | { what: "void" }
  | { what: "mail" }
  | { what: "decide"; accepted: boolean };

/** What can be done with a document in its state: the usual step as a button, the others in a menu. */
export function DocumentActs({ clientId, side, document }: DocumentActsProps) {
  const i18n = useWords();
  const types = useDocumentTypes();
  const scope = side === "sales" ? "SALES" : "PURCHASES";
  const noEdit = useWriteAccess(clientId, scope, "edit");
  const noApproval = useWriteAccess(clientId, scope, "approve");
  const batch = useDocumentBatch(() => undefined);
  const navigate = useNavigate();
  const steps = useSteps(clientId, side, document.id);
  const [asking, setAsking] = useState<Asking>();
  const standing = {
    ...document,
    sentAt: "sentAt" in document ? document.sentAt : undefined,
    isSimplified: "isSimplified" in document ? document.isSimplified : undefined,
  };
  const draft = isDraft(standing);
  const next = nextTypes(standing);
  const group = i18n.t("Documents");
  const filing = document.archivedAt ? "restore" : "archive";
  const file = () => batch.start(filing, [document]);
  // Approving a draft says both: it is ready, and it is right.
  const approve = async () => {
    if (document.status === "DRAFT" && (await steps.submit()) !== undefined) return;
    batch.start("approve", [document]);
  };
  useKeys([{ keys: "e", label: i18n.t("Change this document"), group, run: steps.edit }], draft && !noEdit);
  useKeys(
    [{ keys: "a", label: i18n.t("Approve this document"), group, run: () => void approve() }],
    draft && !noApproval && !noEdit,
  );
  useKeys([{ keys: "y", label: i18n.t("Archive or restore this document"), group, run: file }], !noEdit);
  const mailable = "mailings" in document && canMail(standing) ? document : undefined;
  useKeys(
    [{ keys: "m", label: i18n.t("Send this document by e-mail"), group, run: () => setAsking({ what: "mail" }) }],
    mailable !== undefined && !noEdit,
  );
  const item = (shown: boolean, label: string, onChoose: () => void, denied = noEdit, hint?: string): MenuItem[] =>
    shown ? [{ label, denied, hint, onChoose }] : [];
  const items = [
    ...item(document.status === "DRAFT", i18n.t("Send to review"), () => void steps.submit()),
    ...item(mailable !== undefined, i18n.t("Send by e-mail…"), () => setAsking({ what: "mail" }), noEdit, "M"),
    ...item(canSend(standing), i18n.t("Show in the portal"), () => void steps.send()),
    ...next.map((into) => ({
      label: i18n.t("Make: {document}", { document: types[into] }),
      denied: noEdit,
      onChoose: () => setAsking({ what: "convert", into }),
    })),
    ...item(canDecide(standing), i18n.t("Accepted by the customer"), () => setAsking({ what: "decide", accepted: true })),
    ...item(canDecide(standing), i18n.t("Rejected by the customer"), () => setAsking({ what: "decide", accepted: false })),
    ...item(canRectify(standing), i18n.t("Rectify"), () => setAsking({ what: "rectify" })),
    ...item(canDeduct(standing) && document.contact !== null, i18n.t("Take an advance off…"), () =>
      setAsking({ what: "advance" }),
    ),
    ...item(canSubstitute(standing), i18n.t("Full invoice in its place…"), () => setAsking({ what: "substitute" })),
    ...item(canVoid(standing), i18n.t("Void the invoice"), () => setAsking({ what: "void" }), noEdit ?? noApproval),
    ...item(canUnapprove(standing), i18n.t("Take the approval back"), () => void steps.unapprove(), noEdit ?? noApproval),
    ...item(true, i18n.t("Make a copy"), () => void steps.duplicate()),
    ...item(true, document.archivedAt ? i18n.t("Restore") : i18n.t("Archive"), file, noEdit, "Y"),
    ...item(canCancel(standing), i18n.t("Cancel the document"), () => void steps.cancel()),
    ...item(document.status === "DRAFT", i18n.t("Delete the draft"), () => void steps.remove()),
    { label: i18n.t("Change log"), onChoose: () => void navigate(rowPlace.logOf(clientId, document.id)) },
  ];
  const close = () => setAsking(undefined);
  return (
    <>
      <Menu label={i18n.t("More")} button={{ icon: "more", busy: steps.busy }} items={items} />
      {draft && (
        <Button denied={noEdit} hint="E" onClick={steps.edit}>
          {i18n.t("Change")}
        </Button>
      )}
      {draft && (
        <Button kind="primary" denied={noApproval} busy={batch.busy} hint="A" onClick={() => batch.start("approve", [document])}>
          {i18n.t("Approve")}
        </Button>
      )}
      {batch.results && <BatchResults results={batch.results} onClose={batch.dismiss} />}
      {asking?.what === "convert" && (
        <ConvertDialog document={document} into={asking.into} busy={steps.busy} onConvert={steps.convert} onClose={close} />
      )}
      {asking?.what === "mail" && mailable && (
        <MailDialog
          clientId={clientId}
          document={mailable}
          name={[types[document.type], document.number].filter(Boolean).join(" ")}
          onClose={close}
        />
      )}
      {asking?.what === "rectify" && (
        <RectifyDialog numbered={side === "sales"} busy={steps.busy} onRectify={steps.rectify} onClose={close} />
      )}
      {asking?.what === "substitute" && <SubstituteDialog clientId={clientId} invoices={[document]} onClose={close} />}
      {asking?.what === "advance" && <AdvanceDialog clientId={clientId} side={side} document={document} onClose={close} />}
      {asking?.what === "void" && (
        <VoidDialog number={document.number ?? ""} busy={steps.busy} onVoid={steps.voidIt} onClose={close} />
      )}
      {asking?.what === "decide" && (
        <DecideDialog
          accepted={asking.accepted}
          name={document.contact?.name ?? ""}
          busy={steps.busy}
          onDecide={steps.decide}
          onClose={close}
        />
      )}
    </>
  );
}
