import { useClient } from "@atrio/kit/graphql";
import { Combobox } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { AccountNames } from "../../gql/operations";

const FOUND_MAX = 20;

interface AccountFieldProps {
  ids: { "data-cell": string; "aria-label": string; "aria-invalid"?: true; "aria-describedby"?: string };
  clientId: string;
  /** Code; empty for the usual one. */
  value: string;
  /** Code that is taken when none is named. */
  usual: string;
  onChange: (code: string) => void;
}

/** An account by number or word. Who may not look into the chart types the code. */
export function AccountField({ ids, clientId, value, usual, onChange }: AccountFieldProps) {
  const i18n = useWords();
  const network = useClient();
  const find = async (search: string) => {
    const { data } = await network.query(AccountNames, { companyId: clientId, search }).toPromise();
    return (data?.ledgerAccounts ?? []).slice(0, FOUND_MAX).map(({ id, code, name }) => ({ id, label: code, detail: name }));
  };
  return (
    <Combobox
      {...ids}
      value={value}
      placeholder={i18n.t("usual: {code}", { code: usual })}
      options={find}
      onChoose={({ label }) => onChange(label)}
      onText={(text) => onChange(text.trim())}
    />
  );
}
