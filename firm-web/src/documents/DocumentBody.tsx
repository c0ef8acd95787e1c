import { isZero, useFormats } from "@atrio/kit/format";
import { Badge, Icon, PageHeading, Status } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { Fragment, type ReactNode } from "react";
import { useDocumentStates, useDocumentTypes } from "../app/documentWords";
import { type DocumentSide, rowPlace } from "../app/places";
import { Fact, Facts } from "../app/Screen";
import type { PurchaseDocumentPageQuery, SalesDocumentPageQuery } from "../gql/operations";
import { DocumentActs } from "./DocumentActs";
import styles from "./Documents.module.css";
import { useWarnings } from "./warnings";

export type SalesPaper = NonNullable<SalesDocumentPageQuery["salesDocument"]>;
export type PurchasePaper = NonNullable<PurchaseDocumentPageQuery["purchaseDocument"]>;

interface DocumentProps {
  clientId: string;
  side: DocumentSide;
  document: SalesPaper | PurchasePaper;
}

/** Name of the document, and what can be done with it. */
export function DocumentHead({ clientId, side, document, children }: DocumentProps & { children?: ReactNode }) {
  const i18n = useWords();
  const types = useDocumentTypes();
  const states = useDocumentStates();
  const found = useWarnings()(document.warnings);
  const { word, tone } = states[document.status];
  return (
    <>
      <nav aria-label={i18n.t("Where you are")} className={styles.trail}>
        <Link {...rowPlace.documentsIn(clientId, side)}>{side === "sales" ? i18n.t("Sales") : i18n.t("Purchases")}</Link>
      </nav>
      <PageHeading
        detail={
          <span className={styles.standing}>
            <Status tone={tone}>{word}</Status>
            {document.archivedAt && <Badge>{i18n.t("Archived")}</Badge>}
          </span>
        }
        actions={
          <>
            {children}
            <DocumentActs clientId={clientId} side={side} document={document} />
          </>
        }
      >
        {[types[document.type], document.number].filter(Boolean).join(" ")}
      </PageHeading>
      {found.length > 0 && (
        <ul className={styles.warnings} aria-label={i18n.t("Before it is approved")}>
          {found.map((sentence) => (
            <li key={sentence}>
              <Icon name="warn" /> {sentence}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Contact, dates, amounts. */
export function DocumentFacts({ clientId, document, children }: Omit<DocumentProps, "side"> & { children?: ReactNode }) {
  const i18n = useWords();
  const f = useFormats();
  const { contact, issuedOn, dueOn, outstanding, currency, description } = document;
  return (
    <Facts>
      {contact && (
        <Fact label={i18n.t("Contact")}>
          <Link {...rowPlace.contact(clientId, contact.id)}>{contact.name}</Link>
          {contact.taxId && <div className={styles.quiet}>{contact.taxId}</div>}
        </Fact>
      )}
      <Fact label={i18n.t("Date")}>{f.date(issuedOn)}</Fact>
      {dueOn && <Fact label={i18n.t("Due")}>{f.date(dueOn)}</Fact>}
      <Fact label={i18n.t("Outstanding")}>
        <span className="tabular">{f.money(outstanding, currency)}</span>
      </Fact>
      {description && <Fact label={i18n.t("Description")}>{description}</Fact>}
      {children}
    </Facts>
  );
}

/** Prices may have four decimals; most have two and are shown like amounts. */
function isCents(price: string): boolean {
  return /^-?\d+(\.\d{0,2}0*)?$/.test(price);
}

/** Lines, then what they add up to. */
export function DocumentLines({ document }: { document: SalesPaper | PurchasePaper }) {
  const i18n = useWords();
  const f = useFormats();
  const { currency, taxableBase, taxes, withholding, outlayTotal, total } = document;
  const lines = document.lines ?? [];
  return (
    <section className={styles.section} aria-labelledby="lines">
      <h2 id="lines">{i18n.t("Lines")}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that may scroll must be reachable by keyboard. */}
      <section className={styles.frame} tabIndex={0} aria-label={i18n.t("Table of lines")}>
        <table className={styles.lines}>
          <thead>
            <tr>
              <th scope="col">{i18n.t("Description")}</th>
              <th scope="col" className={styles.end}>
                {i18n.t("Quantity")}
              </th>
              <th scope="col" className={styles.end}>
                {i18n.t("Price")}
              </th>
              <th scope="col" className={styles.end}>
                {i18n.t("Discount")}
              </th>
              <th scope="col" className={styles.end}>
                {i18n.t("Tax")}
              </th>
              <th scope="col" className={styles.end}>
                {i18n.t("Base")}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.id}>
                <td>{line.description}</td>
                <td className={styles.end}>{f.decimal(line.quantity, 4)}</td>
                <td className={styles.end}>{isCents(line.unitPrice) ? f.money(line.unitPrice) : f.decimal(line.unitPrice, 4)}</td>
                <td className={styles.end}>{isZero(line.discountPercent) ? "–" : f.percent(line.discountPercent)}</td>
                <td className={styles.end}>{line.taxCode.endsWith("_OUTLAY") ? i18n.t("Outlay") : f.percent(line.taxRate)}</td>
                <td className={styles.end}>{f.money(line.base)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <dl className={styles.totals}>
        <dt>{i18n.t("Base")}</dt>
        <dd>{f.money(taxableBase)}</dd>
        {(taxes ?? []).map(({ taxCode, rate, base, quota, surchargeRate, surcharge }) => (
          <Fragment key={taxCode}>
            <dt>{i18n.t("Tax {rate} on {base}", { rate: f.percent(rate), base: f.money(base) })}</dt>
            <dd>{f.money(quota)}</dd>
            {!isZero(surcharge) && (
              <>
                <dt>{i18n.t("Surcharge {rate}", { rate: f.percent(surchargeRate) })}</dt>
                <dd>{f.money(surcharge)}</dd>
              </>
            )}
          </Fragment>
        ))}
        {!isZero(withholding) && (
          <>
            <dt>{i18n.t("Withheld")}</dt>
            <dd>{f.money(`-${withholding}`)}</dd>
          </>
        )}
        {!isZero(outlayTotal) && (
          <>
            <dt>{i18n.t("Outlays")}</dt>
            <dd>{f.money(outlayTotal)}</dd>
          </>
        )}
        <dt className={styles.grand}>{i18n.t("Total")}</dt>
        <dd className={styles.grand}>{f.money(total, currency)}</dd>
      </dl>
    </section>
  );
}
