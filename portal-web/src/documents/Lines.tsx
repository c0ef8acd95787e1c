// biome-ignore-all lint/a11y/noRedundantRoles: where the rows are drawn as blocks, browsers forget that they are a table.
import { isZero, useFormats } from "@atrio/kit/format";
import { useWords } from "@atrio/kit/words";
import type { OneDocument } from "./Document";
import styles from "./Paper.module.css";

/** The lines. On a phone every line becomes a small block whose figures carry their own label; the roles keep it a table. */
export function Lines({ lines, currency }: { lines: NonNullable<OneDocument["lines"]>; currency: string }) {
  const i18n = useWords();
  const f = useFormats();
  const discounted = lines.some(({ discountPercent }) => !isZero(discountPercent));
  const heads = {
    description: i18n.t("Description"),
    quantity: i18n.t("Quantity"),
    price: i18n.t("Price"),
    discount: i18n.t("Discount"),
    tax: i18n.t("VAT"),
    base: i18n.t("Base"),
  };
  return (
    <table className={styles.lines} role="table">
      <caption className="unseen">{i18n.t("Lines")}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <Head>{heads.description}</Head>
          <Head end>{heads.quantity}</Head>
          <Head end>{heads.price}</Head>
          {discounted && <Head end>{heads.discount}</Head>}
          <Head end>{heads.tax}</Head>
          <Head end>{heads.base}</Head>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {lines.map(({ id, description, quantity, unitPrice, discountPercent, taxRate, base }) => (
          <tr key={id} role="row">
            <td role="cell" className={styles.what}>
              {description}
            </td>
            <Figure label={heads.quantity}>{f.decimal(quantity)}</Figure>
            <Figure label={heads.price}>{f.money(unitPrice, currency)}</Figure>
            {discounted && (
              <Figure label={heads.discount} none={isZero(discountPercent)}>
                {isZero(discountPercent) ? "–" : f.percent(discountPercent)}
              </Figure>
            )}
            <Figure label={heads.tax}>{f.percent(taxRate)}</Figure>
            <Figure label={heads.base} strong>
              {f.money(base, currency)}
            </Figure>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Head({ children, end }: { children: string; end?: boolean }) {
  return (
    <th scope="col" role="columnheader" className={end ? styles.end : undefined}>
      {children}
    </th>
  );
}

/** `none` leaves the figure out where lines are blocks. */
function Figure({ label, children, strong, none }: { label: string; children: string; strong?: boolean; none?: boolean }) {
  return (
    <td role="cell" className={styles.figure} data-strong={strong} data-none={none}>
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
      {children}
    </td>
  );
}
