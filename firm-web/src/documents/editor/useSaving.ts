import { newRequestKey, useWrite } from "@atrio/kit/graphql";
import { sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useDocumentTypes } from "../../app/documentWords";
import { type DocumentSide, rowPlace } from "../../app/places";
import {
  ApproveDocuments,
  CreatePurchaseDocument,
  CreateSalesDocument,
  type PurchaseDocumentType,
  type SalesDocumentType,
  SendDocument,
  SubmitDocument,
  UpdatePurchaseDocument,
  UpdateSalesDocument,
} from "../../gql/operations";
import { useAttach } from "../DocumentPapers";
import { contentOf, type Draft, purchaseContentOf, salesContentOf } from "./draft";

/** What follows once the draft is kept. */
export type SaveThen = "draft" | "review" | "approve" | "approveAndSend";

/** A draft that the gateway knows; a change names the version it saw. */
export interface Saved {
  id: string;
  version: number;
}

export type Problems = ReadonlyMap<string, string>;

const NO_PROBLEMS: Problems = new Map();

interface Refusal {
  path: readonly string[];
  message: string;
}

/** Sentences by path of the input; those about the whole under the empty path. */
export function problemsOf(refusals: readonly Refusal[]): Problems {
  return new Map(refusals.map(({ path, message }) => [path.filter((step) => step !== "input").join("."), message]));
}

interface SavingProps {
  clientId: string;
  side: DocumentSide;
  kept: Saved | undefined;
  /** Whether it waits for review already. */
  waiting: boolean;
}

/**
 * Keeps a draft, then does what was asked for with it, and goes to the document. When only the second
 * step is refused the draft stands, and the form goes on with it.
 */
export function useSaving({ clientId, side, kept, waiting }: SavingProps) {
  const i18n = useWords();
  const types = useDocumentTypes();
  const navigate = useNavigate();
  const [errors, setErrors] = useState(NO_PROBLEMS);
  const [busy, setBusy] = useState(false);
  const [createSales] = useWrite(CreateSalesDocument);
  const [createPurchase] = useWrite(CreatePurchaseDocument);
  const [updateSales] = useWrite(UpdateSalesDocument);
  const [updatePurchase] = useWrite(UpdatePurchaseDocument);
  const [submit] = useWrite(SubmitDocument);
  const [approve] = useWrite(ApproveDocuments);
  const [send] = useWrite(SendDocument);
  const attach = useAttach();
  const saved = useRef(kept);
  const inReview = useRef(waiting);
  const finished = useRef(false);
  const asked = useRef({ content: "", key: "" });

  /** The same content keeps its key, so that a lost answer makes no second document. */
  const keyFor = (content: string) => {
    if (asked.current.content !== content) asked.current = { content, key: newRequestKey() };
    return asked.current.key;
  };

  /** What the gateway made of the draft, whichever side and way. */
  const write = async (draft: Draft) => {
    const content = contentOf(draft, side);
    const known = saved.current;
    if (side === "sales") {
      const input = { ...content, ...salesContentOf(draft) };
      if (known) {
        const { data, ...rest } = await updateSales({ input: { ...input, ...known } });
        return {
          ...rest,
          field: "updateSalesDocument",
          answer: data?.updateSalesDocument,
          made: data?.updateSalesDocument.salesDocument,
        };
      }
      const more = { companyId: clientId, type: draft.type as SalesDocumentType, forReview: false };
      const { data, ...rest } = await createSales({
        input: { ...input, ...more, requestKey: keyFor(JSON.stringify([input, more])) },
      });
      return {
        ...rest,
        field: "createSalesDocument",
        answer: data?.createSalesDocument,
        made: data?.createSalesDocument.salesDocument,
      };
    }
    const input = { ...content, ...purchaseContentOf(draft) };
    if (known) {
      const { data, ...rest } = await updatePurchase({ input: { ...input, ...known } });
      return {
        ...rest,
        field: "updatePurchaseDocument",
        answer: data?.updatePurchaseDocument,
        made: data?.updatePurchaseDocument.purchaseDocument,
      };
    }
    const more = { companyId: clientId, type: draft.type as PurchaseDocumentType, forReview: false };
    const { data, ...rest } = await createPurchase({
      input: { ...input, ...more, requestKey: keyFor(JSON.stringify([input, more])) },
    });
    return {
      ...rest,
      field: "createPurchaseDocument",
      answer: data?.createPurchaseDocument,
      made: data?.createPurchaseDocument.purchaseDocument,
    };
  };

  const keep = async (draft: Draft): Promise<Problems | undefined> => {
    const { failure, denials, field, answer, made } = await write(draft);
    if (made) saved.current = { id: made.id, version: made.version };
    return told(failure?.message ?? denials.at(field)?.message, answer?.refusals);
  };

  const follow = async (then: SaveThen, id: string): Promise<Problems | undefined> => {
    if (then === "draft") return undefined;
    // What is approved waited for review, if only for a moment.
    if (!inReview.current) {
      const { data, failure, denials } = await submit({ id });
      const problems = told(failure?.message ?? denials.at("submitDocument")?.message, data?.submitDocument.refusals);
      if (problems) return problems;
      inReview.current = true;
    }
    if (then === "review") return undefined;
    const { data, failure, denials } = await approve({ ids: [id], requestKey: newRequestKey() });
    const answer = data?.approveDocuments;
    const refusals = [...(answer?.refusals ?? []), ...(answer?.results ?? []).flatMap((one) => one.refusals)];
    const problems = told(
      failure?.message ?? denials.at("approveDocuments")?.message,
      refusals.map(({ message, ...one }) => ({ message, path: "path" in one ? (one.path as string[]) : [] })),
    );
    if (problems || then === "approve") return problems;
    const sent = await send({ id });
    return told(sent.failure?.message ?? sent.denials.at("sendDocument")?.message, sent.data?.sendDocument.refusals);
  };

  const words: Record<SaveThen, (name: string) => string> = {
    draft: (name) => i18n.t("{name} kept as a draft.", { name }),
    review: (name) => i18n.t("{name} sent to review.", { name }),
    approve: (name) => i18n.t("{name} approved.", { name }),
    approveAndSend: (name) => i18n.t("{name} approved and sent.", { name }),
  };

  /** The same upload twice is one paper, so all are tried again after a refusal. */
  const attachAll = async (id: string, uploads: readonly string[]): Promise<Problems | undefined> => {
    for (const uploadId of uploads) {
      const problem = await attach(id, uploadId);
      if (problem !== undefined) return told(problem, undefined);
    }
    return undefined;
  };

  /** `uploads` go onto the document as soon as it is kept. */
  const run = async (then: SaveThen, draft: Draft, uploads: readonly string[] = []): Promise<void> => {
    setBusy(true);
    const refusedKeeping = await keep(draft);
    const id = saved.current?.id;
    const problems =
      refusedKeeping ?? (id === undefined ? undefined : ((await attachAll(id, uploads)) ?? (await follow(then, id))));
    setBusy(false);
    setErrors(problems ?? NO_PROBLEMS);
    if (problems || id === undefined) return;
    finished.current = true;
    sayDone({ text: words[then](types[draft.type]) });
    void navigate({ ...rowPlace.document(clientId, side, id), replace: true });
  };
  return { run, busy, errors, tell: setErrors, done: () => finished.current };
}

/** Nothing when all went well. */
function told(problem: string | undefined, refusals: readonly Refusal[] | undefined): Problems | undefined {
  if (problem !== undefined) return new Map([["", problem]]);
  return refusals && refusals.length > 0 ? problemsOf(refusals) : undefined;
}
