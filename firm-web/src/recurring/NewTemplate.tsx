import { newRequestKey, useWrite } from "@atrio/kit/graphql";
import { PageHeading, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import screen from "../app/Screen.module.css";
import { CreateRecurring } from "../gql/operations";
import { emptyDraft } from "./form";
import { type Refused, TemplateForm } from "./TemplateForm";

const route = getRouteApi("/frame/c/$clientId/recurring/new");

/** A new template. */
export function NewTemplateScreen() {
  const i18n = useWords();
  const { clientId } = route.useParams();
  const navigate = route.useNavigate();
  const [requestKey, setRequestKey] = useState(newRequestKey);
  const [first] = useState(() => emptyDraft(new Date().toLocaleDateString("sv-SE")));
  const [create, saving] = useWrite(CreateRecurring);
  const save = async (input: Parameters<typeof create>[0]["input"]): Promise<Refused | undefined> => {
    const { data, failure, denials } = await create({ companyId: clientId, input, requestKey });
    const refusal = data?.createRecurringInvoice?.refusals[0];
    const message = failure?.message ?? refusal?.message ?? denials.at("createRecurringInvoice")?.message;
    if (message !== undefined) {
      // Another try is another wish; a lost answer keeps its key.
      if (!failure?.offline) setRequestKey(newRequestKey());
      return { path: refusal?.path ?? [], message };
    }
    sayDone({ text: i18n.t("Template {name} kept", { name: input.name }) });
    const templateId = data?.createRecurringInvoice?.recurringInvoice?.id;
    if (templateId) void navigate({ to: "/c/$clientId/recurring/$templateId", params: { clientId, templateId } });
    return undefined;
  };
  return (
    <div className={screen.page}>
      <PageHeading>{i18n.t("New template")}</PageHeading>
      <TemplateForm
        clientId={clientId}
        first={first}
        saving={saving}
        onSave={save}
        onCancel={() => void navigate({ to: "/c/$clientId/recurring", params: { clientId } })}
      />
    </div>
  );
}
