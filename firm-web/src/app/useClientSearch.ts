import { useClient } from "@atrio/kit/graphql";
import type { PaletteSearch } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import { ClientNames } from "../gql/operations";
import { sameScreen } from "./places";

const FOUND_MAX = 8;

/** Clients by name for the palette; choosing one opens it, inside the books on the same screen. */
export function useClientSearch(): PaletteSearch {
  const network = useClient();
  const navigate = useNavigate();
  const router = useRouter();
  const group = useWords().t("Client");
  return useCallback(
    async (text) => {
      const { data } = await network.query(ClientNames, { search: text, first: FOUND_MAX }).toPromise();
      const nodes = data?.clients?.nodes ?? [];
      const open = (id: string) => void navigate({ to: sameScreen(router.state.location.pathname, id) });
      return nodes.map(({ id, name }) => ({ label: name, group, run: () => open(id) }));
    },
    [network, navigate, router, group],
  );
}
