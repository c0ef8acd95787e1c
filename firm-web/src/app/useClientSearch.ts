import { useClient } from "@atrio/kit/graphql";
import type { PaletteSearch } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { ClientNames } from "../gql/operations";

const FOUND_MAX = 8;

/** Clients by name for the palette; choosing one opens it. */
export function useClientSearch(): PaletteSearch {
  const network = useClient();
  const navigate = useNavigate();
  const group = useWords().t("Client");
  return useCallback(
    async (text) => {
      const { data } = await network.query(ClientNames, { search: text, first: FOUND_MAX }).toPromise();
      const nodes = data?.clients?.nodes ?? [];
      return nodes.map(({ id, name }) => ({ label: name, group, run: () => void navigate({ to: `/clients/${id}` }) }));
    },
    [network, navigate, group],
  );
}
