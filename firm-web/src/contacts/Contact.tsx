import { useFormats } from "@atrio/kit/format";
import { useRead, useWrite } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Badge, Button, NotFound, PageHeading, Status, sayDone } from "@atrio/kit/ui";
import { useLocale, useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { usePaymentMethods } from "../app/paymentMethods";
import { clientPlace, rowPlace } from "../app/places";
import { Fact, Facts, ReadState } from "../app/Screen";
import screen from "../app/Screen.module.css";
import { useTaxName } from "../app/taxCodes";
import { useWriteAccess } from "../app/useWriteAccess";
import { ArchiveContact, ContactCard, RestoreContact, UndoContactMerge } from "../gql/operations";
import { ContactForm } from "./ContactForm";
import styles from "./Contacts.module.css";
import type { Card } from "./form";
import { useViesAnswers } from "./words";

const route = getRouteApi("/frame/c/$clientId/contacts/$contactId");

/** The full card of one contact, with the way to its documents. */
export function ContactScreen() {
  const i18n = useWords();
  const f = useFormats();
  const locale = useLocale();
  const { clientId, contactId } = route.useParams();
  const read = useRead(ContactCard, { id: contactId });
  const contact = read.data?.contact;
  const closed = useWriteAccess(clientId, "CONTACTS", "edit");
  const [editing, setEditing] = useState(false);
  const changeable = contact && !contact.mergedInto;
  useKeys(
    [{ keys: "e", label: i18n.t("Edit contact"), group: i18n.t("Contacts"), run: () => setEditing(true) }],
    Boolean(changeable) && !closed && !editing,
  );
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
              actions={
                changeable && (
                  <>
                    <ArchiveButton card={contact} denied={closed} />
                    <Button kind="primary" hint="E" denied={closed} onClick={() => setEditing(true)}>
                      {i18n.t("Edit")}
                    </Button>
                  </>
                )
              }
              detail={
                <span className={styles.kinds}>
                  {contact.isCustomer && <Badge>{i18n.t("Customer")}</Badge>}
                  {contact.isSupplier && <Badge>{i18n.t("Supplier")}</Badge>}
                  {contact.archivedAt && <Status tone="quiet">{i18n.t("Archived")}</Status>}
                  {contact.tags?.map((tag) => (
                    <Link key={tag} {...clientPlace(clientId, "contacts")} search={{ tag }}>
                      {tag}
                    </Link>
                  ))}
                </span>
              }
            >
              {contact.name}
            </PageHeading>
            <MergeNote card={contact} clientId={clientId} closed={closed} />
            <Facts>
              {contact.tradeName && <Fact label={i18n.t("Trade name")}>{contact.tradeName}</Fact>}
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
            <Agreed card={contact} />
            {contact.notes && (
              <section className={styles.section} aria-labelledby="notes">
                <h2 id="notes">{i18n.t("Notes")}</h2>
                <p className={styles.notes}>{contact.notes}</p>
              </section>
            )}
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
                <li>
                  <Link to="/c/$clientId/contacts/$contactId/statement" params={{ clientId, contactId }} search={{}}>
                    {i18n.t("Statement of account")}
                  </Link>
                </li>
              </ul>
            </section>
            {editing && (
              <ContactForm
                clientId={clientId}
                card={contact}
                onClose={() => setEditing(false)}
                onSaved={() => {
                  setEditing(false);
                  read.reload();
                }}
              />
            )}
          </>
        )}
      </ReadState>
    </div>
  );
}

/** What was agreed with the contact, and how it is booked. */
function Agreed({ card }: { card: Card }) {
  const i18n = useWords();
  const methods = usePaymentMethods();
  const answers = useViesAnswers();
  const f = useFormats();
  const withheld = (rate: string | null | undefined) => rate && i18n.t("IRPF {rate}", { rate: f.percent(rate) });
  const taxes = {
    sales: useTaxName("sales", card.salesTaxCode),
    purchases: useTaxName("purchases", card.purchaseTaxCode),
  };
  const terms = card.paymentTerms;
  const days = terms?.days.join(", ");
  const agreed = [
    days && i18n.t("{days} days", { days }),
    terms?.monthEnd && i18n.t("End of month"),
    terms?.payDays.length && i18n.t("paid on {days}", { days: terms.payDays.join(", ") }),
  ].filter(Boolean);
  return (
    <section className={styles.section} aria-labelledby="agreed">
      <h2 id="agreed">{i18n.t("Payment and bookkeeping")}</h2>
      <Facts>
        <Fact label={i18n.t("Payment terms")}>{agreed.join(", ") || "–"}</Fact>
        <Fact label={i18n.t("Payment method")}>{card.paymentMethod ? methods[card.paymentMethod] : "–"}</Fact>
        {card.ibans?.map((one) => (
          <Fact key={one.id} label={one.isDefault ? i18n.t("Bank account (default)") : i18n.t("Bank account")}>
            <span className="tabular">{one.iban?.replace(/(.{4})(?=.)/g, "$1 ") ?? one.masked}</span> {one.bankName}
          </Fact>
        ))}
        <Fact label={i18n.t("Account for sales")}>
          {[card.incomeAccountCode, taxes.sales, withheld(card.salesWithholdingRate)].filter(Boolean).join(", ") || "–"}
        </Fact>
        <Fact label={i18n.t("Account for purchases")}>
          {[card.expenseAccountCode, taxes.purchases, withheld(card.purchaseWithholdingRate)].filter(Boolean).join(", ") || "–"}
        </Fact>
        {card.viesAnswer && card.viesCheckedOn && (
          <Fact label={i18n.t("VAT number in VIES")}>
            {answers[card.viesAnswer]}, {f.date(card.viesCheckedOn)}
          </Fact>
        )}
      </Facts>
    </section>
  );
}

/** Says that the card was merged, or what it stands for; the merge can be undone from the merged card. */
function MergeNote({ card, clientId, closed }: { card: Card; clientId: string; closed: string | undefined }) {
  const i18n = useWords();
  const [undo, undoing] = useWrite(UndoContactMerge);
  const [refused, setRefused] = useState<string>();
  const merge = card.standingMerge;
  const run = async () => {
    if (!merge) return;
    const { data, failure, denials } = await undo({ id: merge.id });
    const problem = failure?.message ?? data?.undoContactMerge?.refusals[0]?.message ?? denials.at("undoContactMerge")?.message;
    if (problem !== undefined) return setRefused(problem);
    sayDone({ text: i18n.t("Merge undone: {name} stands by itself again", { name: card.name }) });
  };
  const from = card.mergedFrom ?? [];
  if (!card.mergedInto && from.length === 0) return null;
  return (
    <div className={styles.similar}>
      {card.mergedInto && (
        <p>
          {i18n.t("Merged into")} <Link {...rowPlace.contact(clientId, card.mergedInto.id)}>{card.mergedInto.name}</Link>
        </p>
      )}
      {from.length > 0 && (
        <p>
          {i18n.t("Stands for")}{" "}
          {from.map((one, place) => (
            <span key={one.id}>
              {place > 0 && ", "}
              <Link {...rowPlace.contact(clientId, one.id)}>{one.name}</Link>
            </span>
          ))}
        </p>
      )}
      {merge && (
        <Button icon="undo" denied={closed} busy={undoing} onClick={() => void run()}>
          {i18n.t("Undo the merge")}
        </Button>
      )}
      {refused && (
        <p role="alert" className={styles.refused}>
          {refused}
        </p>
      )}
    </div>
  );
}

function ArchiveButton({ card, denied }: { card: Card; denied: string | undefined }) {
  const i18n = useWords();
  const [archive, archiving] = useWrite(ArchiveContact);
  const [restore, restoring] = useWrite(RestoreContact);
  const { id, name, archivedAt } = card;
  const put = async (out: boolean) => {
    if (out) {
      const { data, failure } = await archive({ id });
      if (!failure && data?.archiveContact?.contact)
        sayDone({ text: i18n.t("{name} archived", { name }), undo: () => put(false) });
    } else {
      const { data, failure } = await restore({ id });
      if (!failure && data?.restoreContact?.contact) sayDone({ text: i18n.t("{name} restored", { name }) });
    }
  };
  return (
    <Button denied={denied} busy={archiving || restoring} onClick={() => void put(!archivedAt)}>
      {archivedAt ? i18n.t("Restore") : i18n.t("Archive")}
    </Button>
  );
}

/** The name of a country in the reader's language; its code if the browser does not know it. */
function countryName(code: string | null | undefined, locale: string): string | undefined {
  if (!code) return undefined;
  return /^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames(locale, { type: "region" }).of(code) ?? code) : code;
}
