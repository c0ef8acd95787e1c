import { useFormats } from "@atrio/kit/format";
import { useWords } from "@atrio/kit/words";
import { Fact, Facts } from "../app/Screen";
import type { TaxDraftPageQuery, TaxResultType } from "../gql/operations";
import { useTaxWords } from "./words";

export type KeptReturn = NonNullable<NonNullable<TaxDraftPageQuery["taxDraft"]>["record"]>;

interface ReturnFactsProps {
  dueOn: string;
  record?: KeptReturn;
  resultType?: TaxResultType;
  resultAmount?: string;
}

/** What it comes to, and the receipt once it is filed. */
export function ReturnFacts({ record, resultType, resultAmount }: ReturnFactsProps) {
  const i18n = useWords();
  const f = useFormats();
  const { results, kinds } = useTaxWords();
  const kept = record && record.state !== "DRAFT" ? record : undefined;
  const amount = kept?.resultAmount ?? resultAmount;
  const type = kept?.resultType ?? resultType;
  const correction = record && record.kind !== "ORIGINAL" ? record : undefined;
  if (amount === undefined && !kept && !correction) return null;
  return (
    <Facts>
      {correction && <Fact label={kinds[correction.kind]}>{correction.correctionReason}</Fact>}
      {amount !== undefined && type && <Fact label={results[type]}>{f.money(amount)}</Fact>}
      {kept?.preparedAt && <Fact label={i18n.t("Prepared")}>{f.instant(kept.preparedAt)}</Fact>}
      {kept?.approvedAt && <Fact label={i18n.t("Approved")}>{f.instant(kept.approvedAt)}</Fact>}
      {kept?.filedOn && <Fact label={i18n.t("Filed")}>{f.date(kept.filedOn)}</Fact>}
      {kept?.receipt && <Fact label={i18n.t("Receipt")}>{kept.receipt}</Fact>}
      {kept?.verificationCode && <Fact label={i18n.t("Verification code (CSV)")}>{kept.verificationCode}</Fact>}
    </Facts>
  );
}
