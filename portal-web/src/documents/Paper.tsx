import { isZero, useFormats } from "@atrio/kit/format";
import { useWords } from "@atrio/kit/words";
import { useCountryName } from "../app/useCountryName";
import type { OneDocument } from "./Document";
import { Lines } from "./Lines";
import styles from "./Paper.module.css";
import { addressLines, type Party } from "./party";
import { useTypes } from "./words";

/** What the document says, as text that reads on a phone, aloud and on paper. */
export function Paper({ document }: { document: OneDocument }) {
  const i18n = useWords();
  const f = useFormats();
  const types = useTypes();
  const { type, number, issuedOn, dueOn, description, issuer, recipient, lines } = document;
  const abroad = issuer.country !== recipient.country;
  return (
    <article className={styles.paper} aria-labelledby="paper-title">
      <header className={styles.head}>
        <p className={styles.issuer}>{issuer.name}</p>
        <div className={styles.title}>
          <h2 id="paper-title">{types[type].one}</h2>
          {number && <p className="tabular">{number}</p>}
        </div>
      </header>
      <div className={styles.parties}>
        <PartyBlock label={i18n.t("From")} party={issuer} withCountry={abroad} />
        <PartyBlock label={i18n.t("To")} party={recipient} withCountry={abroad} />
        <dl className={styles.facts}>
          <div>
            <dt>{i18n.t("Date of issue")}</dt>
            <dd className="tabular">{f.date(issuedOn)}</dd>
          </div>
          {dueOn && (
            <div>
              <dt>{type === "ESTIMATE" ? i18n.t("Valid until") : i18n.t("Due")}</dt>
              <dd className="tabular">{f.date(dueOn)}</dd>
            </div>
          )}
        </dl>
      </div>
      {description && <p className={styles.description}>{description}</p>}
      {lines && <Lines lines={lines} currency={document.currency} />}
      <Totals document={document} />
    </article>
  );
}

function PartyBlock({ label, party, withCountry }: { label: string; party: Party; withCountry: boolean }) {
  const i18n = useWords();
  const countryName = useCountryName();
  return (
    <section className={styles.party} aria-label={`${label}: ${party.name}`}>
      <h3>{label}</h3>
      <p className={styles.name}>{party.name}</p>
      {party.taxId && <p>{i18n.t("Tax ID {number}", { number: party.taxId })}</p>}
      <address>
        {addressLines(party, withCountry ? countryName : undefined).map((line) => (
          <span key={line}>{line}</span>
        ))}
      </address>
    </section>
  );
}

function Totals({ document }: { document: OneDocument }) {
  const i18n = useWords();
  const f = useFormats();
  const { currency, taxableBase, taxes, taxTotal, withholding, outlayTotal, total, outstanding, type } = document;
  const money = (value: string) => f.money(value, currency);
  return (
    <dl className={styles.totals} aria-label={i18n.t("Totals")}>
      <div>
        <dt>{i18n.t("Base")}</dt>
        <dd>{money(taxableBase)}</dd>
      </div>
      {(taxes ?? []).map(({ rate, base, quota }) => (
        <div key={rate}>
          <dt>{i18n.t("VAT {rate} on {base}", { rate: f.percent(rate), base: money(base) })}</dt>
          <dd>{money(quota)}</dd>
        </div>
      ))}
      {taxes?.length !== 1 && (
        <div>
          <dt>{i18n.t("VAT, all rates")}</dt>
          <dd>{money(taxTotal)}</dd>
        </div>
      )}
      {!isZero(withholding) && (
        <div>
          <dt>{i18n.t("Tax withheld")}</dt>
          <dd>{money(withholding.startsWith("-") ? withholding.slice(1) : `-${withholding}`)}</dd>
        </div>
      )}
      {!isZero(outlayTotal) && (
        <div>
          <dt>{i18n.t("Outlays")}</dt>
          <dd>{money(outlayTotal)}</dd>
        </div>
      )}
      <div className={styles.grand}>
        <dt>{i18n.t("Total")}</dt>
        <dd>{money(total)}</dd>
      </div>
      {type === "SALES_INVOICE" && (
        <div data-noprint>
          <dt>{i18n.t("Left to pay")}</dt>
          <dd>{money(outstanding)}</dd>
        </div>
      )}
    </dl>
  );
}
