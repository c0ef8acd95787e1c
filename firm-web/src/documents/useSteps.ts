import { localDate } from "@atrio/kit/format";
import { newRequestKey, useWrite, type Written } from "@atrio/kit/graphql";
import { sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { DocumentType } from "../app/documentWords";
import { type DocumentSide, rowPlace } from "../app/places";
import {
  CancelDocument,
  ConvertDocuments,
  DecideEstimate,
  DeleteDocument,
  DuplicateDocument,
  type RectificationCause,
  RectifyDocument,
  SendDocument,
  SubmitDocument,
  UnapproveDocuments,
  VoidDocument,
} from "../gql/operations";

interface Answer {
  refusals: readonly { message: string }[];
  results?: readonly { refusals: readonly { message: string }[] }[];
  salesDocument?: { id: string } | null;
  purchaseDocument?: { id: string } | null;
}

/** Why nothing was done; undefined when it was. */
export type Refused = string | undefined;

/** The acts on one document that make another or move it on. What is made is opened in the form. */
export function useSteps(clientId: string, side: DocumentSide, id: string) {
  const i18n = useWords();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [submit] = useWrite(SubmitDocument);
  const [send] = useWrite(SendDocument);
  const [duplicate] = useWrite(DuplicateDocument);
  const [convert] = useWrite(ConvertDocuments);
  const [rectify] = useWrite(RectifyDocument);
  const [decide] = useWrite(DecideEstimate);
  const [cancel] = useWrite(CancelDocument);
  const [void_] = useWrite(VoidDocument);
  const [remove] = useWrite(DeleteDocument);
  const [unapprove] = useWrite(UnapproveDocuments);

  /** Asks, says what was done, and gives why it was not. */
  const ask = async <Data extends object>(written: Promise<Written<Data>>, field: keyof Data & string, done: string) => {
    setBusy(true);
    const { data, failure, denials } = await written;
    setBusy(false);
    const answer = data?.[field] as Answer | undefined;
    const refusals = [...(answer?.refusals ?? []), ...(answer?.results ?? []).flatMap((one) => one.refusals)];
    const refused: Refused = failure?.message ?? denials.at(field)?.message ?? refusals[0]?.message;
    if (refused === undefined) sayDone({ text: done });
    return { refused, made: answer?.salesDocument?.id ?? answer?.purchaseDocument?.id };
  };
  /** For acts without a form of their own a refusal is said like a result. */
  const say = async (asked: ReturnType<typeof ask>) => {
    const { refused } = await asked;
    if (refused !== undefined) sayDone({ text: refused, tone: "bad" });
    return refused;
  };
  const edit = (made: string) => void navigate(rowPlace.editDocument(clientId, side, made));
  const open = async (asked: ReturnType<typeof ask>): Promise<Refused> => {
    const { refused, made } = await asked;
    if (made && refused === undefined) edit(made);
    return refused;
  };
  return {
    busy,
    edit: () => edit(id),
    submit: () => say(ask(submit({ id }), "submitDocument", i18n.t("Sent to review."))),
    send: () => say(ask(send({ id }), "sendDocument", i18n.t("Sent: the contact sees it in the portal."))),
    cancel: () => say(ask(cancel({ id }), "cancelDocument", i18n.t("Cancelled."))),
    unapprove: () =>
      say(ask(unapprove({ ids: [id] }), "unapproveDocuments", i18n.t("Approval taken back; it can be corrected now."))),
    remove: async () => {
      const refused = await say(ask(remove({ id }), "deleteDocument", i18n.t("Draft deleted.")));
      if (refused === undefined) void navigate({ ...rowPlace.documentsIn(clientId, side), replace: true });
    },
    duplicate: async () => {
      const made = duplicate({ id, issuedOn: localDate(), requestKey: newRequestKey() });
      const refused = await open(ask(made, "duplicateDocument", i18n.t("A copy stands as a draft.")));
      if (refused !== undefined) sayDone({ text: refused, tone: "bad" });
    },
    convert: (into: DocumentType, lines: { lineId: string; quantity: string }[], number: string | null) => {
      const input = { sources: [{ id, lines }], into, issuedOn: localDate(), number, requestKey: newRequestKey() };
      return open(
        ask(
          convert({ input: { ...input, forReview: false } }),
          "convertDocuments",
          i18n.t("The next document stands as a draft."),
        ),
      );
    },
    rectify: (reason: string, cause: RectificationCause, number: string | null) => {
      const input = { id, method: "I" as const, reason, cause, issuedOn: localDate(), number, lines: [], forReview: false };
      const made = rectify({ input: { ...input, requestKey: newRequestKey() } });
      return open(ask(made, "rectifyDocument", i18n.t("The rectifying document stands as a draft.")));
    },
    voidIt: async (reason: string, requestKey: string) => {
      const asked = void_({ id, reason, requestKey });
      return (await ask(asked, "voidDocument", i18n.t("Invoice voided; its number stays used."))).refused;
    },
    decide: async (accepted: boolean, name: string, reason: string) => {
      const done = accepted ? i18n.t("Estimate accepted.") : i18n.t("Estimate rejected.");
      return (await ask(decide({ id, accepted, name, reason: reason || null }), "decideEstimate", done)).refused;
    },
  };
}
