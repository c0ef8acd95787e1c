import { useFormats } from "@atrio/kit/format";
import { useRead } from "@atrio/kit/graphql";
import { Badge, NotFound, PageHeading } from "@atrio/kit/ui";
import { useLocale, useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { clientPlace, rowPlace } from "../app/places";
import { Fact, Facts, ReadState } from "../app/Screen";
import screen from "../app/Screen.module.css";
import { ContactCard } from "../gql/operations";
import styles from "./Contacts.module.css";

const route = getRouteApi("/frame/c/$clientId/contacts/$contactId");

/** The full card of one contact, with the way to its documents. */
export function ContactScreen() {
  const i18n = useWords();
  const f = useFormats();
  const locale = useLocale();
  const { clientId, contactId } = route.useParams();
  const read = useRead(ContactCard, { id: contactId });
  const contact = read.data?.contact;
  const place = contact && [contact.postcode, contact.city, contact.province].filter(Boolean).join(" ");
  return (
    <div className={screen.page}>
      <ReadState read={read} at="contact">
        {!contact ? (
          <NotFound />
        ) : (
          <>
            <nav aria-label={i18n.t("Where you are")} className={styles.trail}>
              <Link {...clientPlace(clientId, "contacts")} search={{}}>
                {i18n.t("Contacts")}
              </Link>
            </nav>
            <PageHeading
              detail={
                <span className={styles.kinds}>
                  {contact.isCustomer && <Badge>{i18n.t("Customer")}</Badge>}
                  {contact.isSupplier && <Badge>{i18n.t("Supplier")}</Badge>}
                </span>
              }
            >
              {contact.name}
            </PageHeading>
            <Facts>
              <Fact label={i18n.t("Tax number")}>{[contact.taxIdType, contact.taxId].filter(Boolean).join(" ") || "–"}</Fact>
              <Fact label={i18n.t("Address")}>{contact.address ?? "–"}</Fact>
              <Fact label={i18n.t("Town")}>{place || "–"}</Fact>
              <Fact label={i18n.t("Country")}>{countryName(contact.country, locale) ?? "–"}</Fact>
              <Fact label={i18n.t("E-mail")}>
                {contact.email ? <a href={`mailto:${contact.email}`}>{contact.email}</a> : "–"}
              </Fact>
              <Fact label={i18n.t("Phone")}>
                {contact.phone ? <a href={`tel:${contact.phone.replace(/\s/g, "")}`}>{contact.phone}</a> : "–"}
              </Fact>
              <Fact label={i18n.t("Created")}>{f.instant(contact.createdAt)}</Fact>
            </Facts>
            <section className={styles.section} aria-labelledby="papers">
              <h2 id="papers">{i18n.t("Documents")}</h2>
              <ul className={styles.links}>
                <li>
                  <Link {...rowPlace.documentsOf(clientId, "sales", contact.id)}>{i18n.t("Sales to this contact")}</Link>
                </li>
                <li>
                  <Link {...rowPlace.documentsOf(clientId, "purchases", contact.id)}>
                    {i18n.t("Purchases from this contact")}
                  </Link>
                </li>
              </ul>
            </section>
          </>
        )}
      </ReadState>
    </div>
  );
}

/** The name of a country in the reader's language; its code if the browser does not know it. */
function countryName(code: string | null | undefined, locale: string): string | undefined {
  if (!code) return undefined;
  return /^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames(locale, { type: "region" }).of(code) ?? code) : code;
}
