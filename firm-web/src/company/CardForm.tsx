import { useWrite } from "@atrio/kit/graphql";
import { Button, Field, Select, sayDone, TextInput } from "@atrio/kit/ui";
import { LOCALE_NAMES, LOCALES, useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useState } from "react";
import { LeaveGuard } from "../app/LeaveGuard";
import { useWriteAccess } from "../app/useWriteAccess";
import { ChangeCompanyCard } from "../gql/operations";
import type { Company } from "./Company";
import styles from "./Company.module.css";

type Text = "address" | "postcode" | "city" | "province" | "email" | "phone" | "iban";

/** Address, bank account and language of papers that are printed from now on. */
export function CardForm({ company }: { company: Company }) {
  const i18n = useWords();
  const id = useId();
  const noEdit = useWriteAccess(company.id, "ACCOUNTS", "edit");
  const [save, saving] = useWrite(ChangeCompanyCard);
  const [now, setNow] = useState(company);
  const [start, setStart] = useState(company);
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (saving || noEdit !== undefined) return;
    const { address, postcode, city, province, email, phone, iban, language } = now;
    const { data, failure, denials } = await save({
      input: { companyId: company.id, address, postcode, city, province, email, phone, iban, language },
    });
    const problem = failure?.message ?? denials.at("changeCompanyCard")?.message;
    const refusals = data?.changeCompanyCard?.refusals ?? [];
    const told = new Map(refusals.map(({ path, message }) => [path.at(-1) ?? "", message]));
    setRefused(problem === undefined ? told : new Map([["", problem]]));
    const kept = data?.changeCompanyCard?.card;
    if (problem !== undefined || !kept || refusals.length > 0) return;
    setNow(kept);
    setStart(kept);
    sayDone({ text: i18n.t("Company saved. Papers printed before stay as they are.") });
  };
  const text = (name: Text, label: string, most: number, help?: string) => (
    <Field label={label} help={help} error={refused.get(name)}>
      {(ids) => (
        <TextInput
          {...ids}
          maxLength={most}
          disabled={noEdit !== undefined}
          value={now[name] ?? ""}
          onChange={(event) => setNow((before) => ({ ...before, [name]: event.target.value }))}
        />
      )}
    </Field>
  );
  return (
    <form className={styles.form} aria-labelledby={id} noValidate onSubmit={(event) => void submit(event)}>
      <h2 id={id}>{i18n.t("On papers")}</h2>
      {refused.get("") && (
        <p role="alert" className={styles.refused}>
          {refused.get("")}
        </p>
      )}
      {text("address", i18n.t("Address"), 200)}
      <div className={styles.pair}>
        {text("postcode", i18n.t("Postcode"), 12)}
        {text("city", i18n.t("Town"), 80)}
        {text("province", i18n.t("Province"), 80)}
      </div>
      <div className={styles.pair}>
        {text("email", i18n.t("E-mail"), 254)}
        {text("phone", i18n.t("Telephone"), 40)}
      </div>
      {text("iban", i18n.t("IBAN to be paid to"), 42, i18n.t("Prints on invoices that are paid by transfer."))}
      <Field label={i18n.t("Language of papers without a contact")} error={refused.get("language")}>
        {(ids) => (
          <Select
            {...ids}
            disabled={noEdit !== undefined}
            value={now.language}
            onChange={(event) => setNow((before) => ({ ...before, language: event.target.value }))}
          >
            {LOCALES.map((one) => (
              <option key={one} value={one} lang={one}>
                {LOCALE_NAMES[one]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Button type="submit" denied={noEdit} busy={saving}>
        {i18n.t("Save")}
      </Button>
      <LeaveGuard dirty={() => now !== start} />
    </form>
  );
}
