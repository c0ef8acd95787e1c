import { useRead } from "@atrio/kit/graphql";
import { Denied, ErrorState, NotFound, PageHeading, Skeleton } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useCountryName } from "../app/useCountryName";
import { useBranding } from "../app/viewer";
import { PortalProfile, type PortalProfileQuery } from "../gql/operations";
import styles from "./Profile.module.css";

type Card = NonNullable<PortalProfileQuery["portalProfile"]>;

/** The contact's own card, to check and not to change: the publisher keeps it. */
export function Profile() {
  const i18n = useWords();
  const { branding } = useBranding();
  const { data, loading, failure, denials, reload } = useRead(PortalProfile, {});
  const card = data?.portalProfile;
  const denial = denials.at("portalProfile");
  return (
    <div className={styles.screen}>
      <PageHeading>{i18n.t("My data")}</PageHeading>
      {card ? (
        <>
          <p className={styles.note}>
            {branding
              ? i18n.t("This is what {firm} has noted. If something is wrong, tell them: only they can change it.", {
                  firm: branding.name,
                })
              : i18n.t("If something is wrong, tell whoever sends you these documents: only they can change it.")}
          </p>
          <Fields card={card} />
        </>
      ) : loading ? (
        <Skeleton rows={10} />
      ) : denial ? (
        <Denied denial={denial} />
      ) : failure ? (
        <ErrorState failure={failure} onRetry={reload} />
      ) : (
        <NotFound />
      )}
    </div>
  );
}

function Fields({ card }: { card: Card }) {
  const i18n = useWords();
  const countryName = useCountryName();
  const kinds: Record<string, string> = {
    DNI: "DNI",
    NIE: "NIE",
    CIF: "CIF",
    NIF: "NIF",
    EU_VAT: i18n.t("EU VAT number"),
    OTHER: i18n.t("Other"),
  };
  const fields: [label: string, value: string | null | undefined][] = [
    [i18n.t("Name or business name"), card.name],
    [i18n.t("Kind of tax ID"), card.taxIdType && (kinds[card.taxIdType] ?? card.taxIdType)],
    [i18n.t("Tax ID"), card.taxId],
    [i18n.t("Address"), card.address],
    [i18n.t("Country"), card.country && countryName(card.country)],
    [i18n.t("Province"), card.province],
    [i18n.t("City"), card.city],
    [i18n.t("Postcode"), card.postcode],
    [i18n.t("E-mail"), card.email],
    [i18n.t("Phone"), card.phone],
  ];
  return (
    <dl className={styles.fields}>
      {fields.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="tabular">{value || <span className={styles.none}>{i18n.t("Not noted")}</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
