import { useFormats } from "@atrio/kit/format";
import { useRead } from "@atrio/kit/graphql";
import { Button, Denied, ErrorState, Status } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useState } from "react";
import { Fact, Facts } from "../app/Screen";
import { InvoiceRecordCheck, InvoiceRecordFiles, type InvoiceRecordType } from "../gql/operations";
import type { SalesPaper } from "./DocumentBody";
import styles from "./Documents.module.css";

type Record = NonNullable<SalesPaper["verifactu"]>;

/** What was put on record of an issued invoice: its place in the chain, its hash, its QR code. */
export function InvoiceRecordPanel({ clientId, record }: { clientId: string; record: Record }) {
  const i18n = useWords();
  const f = useFormats();
  const types = useRecordTypes();
  return (
    <section className={styles.section} aria-labelledby="record">
      <h2 id="record">VeriFactu</h2>
      {record.cancelledAt ? (
        <Status tone="bad">{i18n.t("On record as void")}</Status>
      ) : (
        <Status tone="good">{i18n.t("On record")}</Status>
      )}
      <Facts>
        <Fact label={i18n.t("Recorded")}>{f.instant(record.recordedAt)}</Fact>
        {record.cancelledAt && <Fact label={i18n.t("Void since")}>{f.instant(record.cancelledAt)}</Fact>}
        <Fact label={i18n.t("Place in the chain")}>{f.count(record.position)}</Fact>
        {record.type && <Fact label={i18n.t("Kind")}>{types[record.type]}</Fact>}
        {record.taxTotal !== null && (
          <Fact label={i18n.t("VAT on record")}>
            <span className="tabular">{f.money(record.taxTotal, "EUR")}</span>
          </Fact>
        )}
        {record.total !== null && (
          <Fact label={i18n.t("Total on record")}>
            <span className="tabular">{f.money(record.total, "EUR")}</span>
          </Fact>
        )}
      </Facts>
      <details className={styles.hashes}>
        <summary>{i18n.t("Hash and QR code")}</summary>
        <dl>
          <dt>{i18n.t("Hash")}</dt>
          <dd className="tabular">{record.hash}</dd>
          <dt>{i18n.t("Hash of the record before it")}</dt>
          <dd className="tabular">{record.previousHash || i18n.t("none: it is the first")}</dd>
        </dl>
        {record.qrImageUrl && record.qrUrl && (
          <a href={record.qrUrl} target="_blank" rel="noreferrer">
            <img className={styles.qr} src={record.qrImageUrl} alt={i18n.t("Look the invoice up at the tax agency")} />
          </a>
        )}
      </details>
      <ChainCheck clientId={clientId} />
      <RecordFiles clientId={clientId} year={Number(record.recordedAt.slice(0, 4))} />
    </section>
  );
}

/** Recomputes the whole chain of the company's records when somebody asks for it. */
export function ChainCheck({ clientId }: { clientId: string }) {
  const i18n = useWords();
  const [asked, setAsked] = useState(false);
  const reasons = useBrokenReasons();
  const read = useRead(InvoiceRecordCheck, { companyId: clientId }, !asked);
  const check = read.data?.invoiceRecordCheck;
  const denial = read.denials.at("invoiceRecordCheck");
  const start = () => (asked ? read.reload() : setAsked(true));
  const busy = read.loading || read.stale;
  return (
    <div className={styles.check}>
      <Button busy={asked && busy} onClick={start}>
        {i18n.t("Check the chain")}
      </Button>
      <div role="status">
        {denial && <Denied denial={denial} compact />}
        {read.failure && !check && <ErrorState failure={read.failure} onRetry={start} />}
        {check && !busy && !check.broken && (
          <Status tone="good">
            {i18n.t("{count, plural, one {# record, and it holds} other {# records, and all hold}}", {
              count: check.recordCount,
            })}
          </Status>
        )}
        {check?.broken && !busy && (
          <>
            <Status tone="bad">
              {i18n.t("Record {position} does not hold {number}", {
                position: check.broken.position,
                number: check.broken.number && `(${check.broken.number})`,
              })}
            </Status>
            <p className={styles.quiet}>{reasons[check.broken.reason] ?? check.broken.reason}</p>
          </>
        )}
      </div>
    </div>
  );
}

/** The company's records of a year as files, to keep or to hand over; links that last minutes are made when asked for. */
function RecordFiles({ clientId, year }: { clientId: string; year: number }) {
  const i18n = useWords();
  const f = useFormats();
  const [asked, setAsked] = useState(false);
  const read = useRead(InvoiceRecordFiles, { companyId: clientId, year }, !asked);
  const files = read.data?.invoiceRecordFiles;
  const denial = read.denials.at("invoiceRecordFiles");
  const start = () => (asked ? read.reload() : setAsked(true));
  const busy = read.loading || read.stale;
  return (
    <div className={styles.check}>
      <Button busy={asked && busy} onClick={start}>
        {i18n.t("Files of the records of {year}", { year: String(year) })}
      </Button>
      <div role="status">
        {denial && <Denied denial={denial} compact />}
        {read.failure && !files && <ErrorState failure={read.failure} onRetry={start} />}
        {files && !busy && (
          <>
            <ul>
              {files.map(({ firstPosition, lastPosition, url }) => (
                <li key={firstPosition}>
                  <a href={url}>
                    {i18n.t("Records {first} to {last}", { first: f.count(firstPosition), last: f.count(lastPosition) })}
                  </a>
                </li>
              ))}
            </ul>
            <p className={styles.quiet}>{i18n.t("XML in the tax agency's layout, not signed.")}</p>
          </>
        )}
      </div>
    </div>
  );
}

function useRecordTypes(): { [type in InvoiceRecordType]: string } {
  const i18n = useWords();
  return {
    F1: i18n.t("F1, full invoice"),
    F2: i18n.t("F2, simplified or without the customer's tax id"),
    F3: i18n.t("F3, in place of simplified invoices"),
    R1: i18n.t("R1, rectifying: returns, discounts, errors"),
    R2: i18n.t("R2, rectifying: insolvency"),
    R3: i18n.t("R3, rectifying: bad debt"),
    R4: i18n.t("R4, rectifying: other reasons"),
    R5: i18n.t("R5, rectifying an F2"),
  };
}

function useBrokenReasons(): { [reason: string]: string } {
  const i18n = useWords();
  return {
    POSITION: i18n.t("A record before it is missing."),
    LINK: i18n.t("It names another record as the one before it."),
    HASH: i18n.t("It says something else than was recorded."),
    XML: i18n.t("Its text says something else than was recorded."),
    END: i18n.t("The last record of the chain is missing."),
  };
}
