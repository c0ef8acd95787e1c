import { useClient } from "@atrio/kit/graphql";
import { Combobox } from "@atrio/kit/ui";
import { AccountNames } from "../../gql/operations";

const TREASURY = "57";
const FOUND_MAX = 20;

interface MoneyAccountFieldProps {
  ids: { id: string; "aria-invalid"?: true; "aria-describedby"?: string };
  clientId: string;
  /** Code of cash or a bank account. */
  value: string;
  onChange: (code: string) => void;
}

/** An account of cash or banks by number or word. Who may not look into the chart types the code. */
export function MoneyAccountField({ ids, clientId, value, onChange }: MoneyAccountFieldProps) {
  const network = useClient();
  const find = async (search: string) => {
    const { data } = await network.query(AccountNames, { companyId: clientId, search: search || TREASURY }).toPromise();
    return (data?.ledgerAccounts ?? [])
      .filter(({ code }) => code.startsWith(TREASURY) && code.length > TREASURY.length)
      .slice(0, FOUND_MAX)
      .map(({ id, code, name }) => ({ id, label: code, detail: name }));
  };
  return (
    <Combobox
      {...ids}
      value={value}
      options={find}
      onChoose={({ label }) => onChange(label)}
      onText={(text) => onChange(text.trim())}
    />
  );
}
