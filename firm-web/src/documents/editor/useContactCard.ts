import { useClient } from "@atrio/kit/graphql";
import { type Dispatch, type SetStateAction, useCallback } from "react";
import type { DocumentSide } from "../../app/places";
import { ContactDefaults } from "../../gql/operations";
import { withCard } from "./card";
import type { Draft, DraftContact } from "./draft";

/** Puts a contact on the form, and what its card says as soon as that is known. */
export function useContactCard(side: DocumentSide, setDraft: Dispatch<SetStateAction<Draft>>) {
  const network = useClient();
  return useCallback(
    async (contact: DraftContact | null) => {
      setDraft((now) => ({ ...now, contact }));
      const { data } = contact ? await network.query(ContactDefaults, { id: contact.id }).toPromise() : {};
      // Somebody else may have been chosen in the meantime.
      setDraft((now) => (now.contact?.id === contact?.id ? withCard(now, data?.contact ?? null, side) : now));
    },
    [network, setDraft, side],
  );
}
