import { useRead } from "@atrio/kit/graphql";
import { Denied, NotFound, PageHeading } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ReadState } from "../app/Screen";
import screen from "../app/Screen.module.css";
import { useReadAccess } from "../app/useReadAccess";
import { CompanyPage, type CompanyPageQuery } from "../gql/operations";
import { BrandingForm } from "./BrandingForm";
import { CardForm } from "./CardForm";
import styles from "./Company.module.css";

export type Company = NonNullable<CompanyPageQuery["companyCard"]>;

const route = getRouteApi("/frame/c/$clientId/company");

/** What the client's papers say of it and how they look, with an example beside. */
export function CompanyScreen() {
  const i18n = useWords();
  const { clientId } = route.useParams();
  const closed = useReadAccess(clientId, "ACCOUNTS");
  const read = useRead(CompanyPage, { id: clientId });
  const company = read.data?.companyCard;
  return (
    <div className={screen.page}>
      <PageHeading
        detail={[company?.name, company?.taxId].filter(Boolean).join(" · ")}
        actions={
          <Link to="/c/$clientId/company/documents" params={{ clientId }}>
            {i18n.t("Document settings")}
          </Link>
        }
      >
        {i18n.t("The company")}
      </PageHeading>
      {closed ? (
        <Denied denial={closed} />
      ) : (
        <ReadState read={read} at="companyCard">
          {company ? (
            <div className={styles.columns}>
              <div className={styles.forms}>
                <CardForm key={`card-${clientId}`} company={company} />
                <BrandingForm key={`look-${clientId}`} company={company} onDone={read.reload} />
              </div>
              <Sample url={company.sampleUrl} />
            </div>
          ) : (
            <NotFound />
          )}
        </ReadState>
      )}
    </div>
  );
}

/** An invoice as it would print now; a new address after every change loads it anew. */
function Sample({ url }: { url: string | null }) {
  const i18n = useWords();
  if (!url) return null;
  const name = i18n.t("Example of an invoice");
  return (
    <section className={styles.sample} aria-label={name}>
      <a href={url} target="_blank" rel="noreferrer">
        {name}
      </a>
      <iframe src={`${url}#navpanes=0&view=FitH`} title={name} />
    </section>
  );
}
