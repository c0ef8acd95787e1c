import { useRead } from "@atrio/kit/graphql";
import { Denied, PageHeading } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ReadState } from "../app/Screen";
import screen from "../app/Screen.module.css";
import { useReadAccess } from "../app/useReadAccess";
import { DocumentSettingsPage } from "../gql/operations";
import { ApprovalForm } from "./ApprovalForm";
import styles from "./Company.module.css";
import { Rates } from "./Rates";
import { SeriesList } from "./SeriesList";

const route = getRouteApi("/frame/c/$clientId/company/documents");

/** How the client's documents are approved and numbered, and what other currencies are worth. */
export function DocumentSettingsScreen() {
  const i18n = useWords();
  const { clientId } = route.useParams();
  const closed = useReadAccess(clientId, "SALES");
  const read = useRead(DocumentSettingsPage, { companyId: clientId });
  const { documentSettings, documentSeries, exchangeRates } = read.data ?? {};
  return (
    <div className={screen.page}>
      <PageHeading
        detail={
          <Link to="/c/$clientId/company" params={{ clientId }}>
            {i18n.t("The company")}
          </Link>
        }
      >
        {i18n.t("Document settings")}
      </PageHeading>
      {closed ? (
        <Denied denial={closed} />
      ) : (
        <ReadState read={read} at="documentSeries">
          <div className={`${styles.forms} ${styles.narrow}`}>
            <ApprovalForm key={clientId} clientId={clientId} kept={documentSettings ?? undefined} />
            <SeriesList clientId={clientId} series={documentSeries ?? []} onDone={read.reload} />
            <Rates clientId={clientId} rates={exchangeRates ?? []} onDone={read.reload} />
          </div>
        </ReadState>
      )}
    </div>
  );
}
