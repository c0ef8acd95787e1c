import { useClient } from "@atrio/kit/graphql";
import { Combobox, Field, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { ContactNames } from "../gql/operations";
import type { Purchase } from "./purchase";

interface SupplierFieldProps {
  clientId: string;
  purchase: Purchase;
  error: string | undefined;
  taxIdError: string | undefined;
  onChange: (part: Partial<Purchase>) => void;
}

/** A contact of the client, or the name and tax number of a new one. */
export function SupplierField({ clientId, purchase, error, taxIdError, onChange }: SupplierFieldProps) {
  const i18n = useWords();
  const network = useClient();
  const find = async (search: string) => {
    const { data } = await network.query(ContactNames, { companyId: clientId, search }).toPromise();
    return (data?.contacts?.nodes ?? []).map(({ id, name, taxId }) => ({ id, label: name, detail: taxId ?? undefined }));
  };
  const isNew = !purchase.supplierId && purchase.supplierName.trim() !== "";
  return (
    <>
      <Field
        label={i18n.t("Supplier")}
        error={error}
        help={isNew ? i18n.t("A new contact is made, unless the tax number is known already.") : undefined}
      >
        {(ids) => (
          <Combobox
            {...ids}
            value={purchase.supplierName}
            options={find}
            onChoose={({ id, label, detail }) => onChange({ supplierId: id, supplierName: label, supplierTaxId: detail ?? "" })}
            onText={(supplierName) => onChange({ supplierId: undefined, supplierName, supplierTaxId: "" })}
          />
        )}
      </Field>
      <Field label={i18n.t("Tax number of the supplier")} error={taxIdError}>
        {(ids) => (
          <TextInput
            {...ids}
            autoComplete="off"
            maxLength={20}
            readOnly={purchase.supplierId !== undefined}
            value={purchase.supplierTaxId}
            onChange={(event) => onChange({ supplierTaxId: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
