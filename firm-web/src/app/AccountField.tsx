import { useClient } from "@atrio/kit/graphql";
import { Combobox, type Option } from "@atrio/kit/ui";
import { useRef } from "react";
import { EntryAccounts, type EntryAccountsQuery } from "../gql/operations";
import { isThirdPartyHeading } from "./thirdParties";

type Account = NonNullable<EntryAccountsQuery["ledgerAccounts"]>[number];

const FOUND_MAX = 20;

interface AccountFieldProps {
  ids: { "data-cell": string; "aria-label": string; "aria-invalid"?: true; "aria-describedby"?: string };
  clientId: string;
  /** Code; empty while none is chosen. */
  value: string;
  onChoose: (account: Pick<Account, "code" | "name" | "contact">) => void;
}

/** An account by number or name: those that take entries, and the headings of third parties. */
export function AccountField({ ids, clientId, value, onChoose }: AccountFieldProps) {
  const network = useClient();
  const known = useRef(new Map<string, Account>());
  const find = async (search: string): Promise<Option[]> => {
    const { data } = await network.query(EntryAccounts, { companyId: clientId, search }).toPromise();
    const usable = (data?.ledgerAccounts ?? []).filter(({ code, isLeaf }) => isLeaf || isThirdPartyHeading(code));
    // Who types digits means the beginning of a code.
    const ordered = [...usable].sort((a, b) => Number(b.code.startsWith(search)) - Number(a.code.startsWith(search)));
    const shown = ordered.slice(0, FOUND_MAX);
    for (const account of shown) known.current.set(account.id, account);
    return shown.map(({ id, code, name }) => ({ id, label: code, detail: name }));
  };
  return (
    <Combobox
      {...ids}
      value={value}
      options={find}
      onChoose={({ id }) => {
        const account = known.current.get(id);
        if (account) onChoose(account);
      }}
      onText={(text) => {
        const code = text.trim();
        const account = [...known.current.values()].find((one) => one.code === code);
        onChoose(account ?? { code, name: "", contact: null });
      }}
    />
  );
}
