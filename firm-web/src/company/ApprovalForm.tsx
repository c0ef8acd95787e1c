import { useFormats } from "@atrio/kit/format";
import { useWrite } from "@atrio/kit/graphql";
import { Button, Checkbox, Field, Select, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useState } from "react";
import { LeaveGuard } from "../app/LeaveGuard";
import { problemOf } from "../app/problemOf";
import { useWriteAccess } from "../app/useWriteAccess";
import { ChangeDocumentSettings } from "../gql/operations";
import styles from "./Company.module.css";

/** What holds where nobody chose: RD 1619/2012 art. 4.1, and one person. */
const USUAL = { simplifiedLimit: "400.00", needsSecondPerson: false };
const RETAIL = "3000.00";

interface ApprovalFormProps {
  clientId: string;
  kept?: typeof USUAL;
}

/** Whether somebody else approves what one wrote, and up to which total an invoice may be simplified. */
export function ApprovalForm({ clientId, kept }: ApprovalFormProps) {
  const i18n = useWords();
  const f = useFormats();
  const id = useId();
  const denied = useWriteAccess(clientId, "SALES", "approve");
  const [save, saving] = useWrite(ChangeDocumentSettings);
  const [start, setStart] = useState(kept ?? USUAL);
  const [now, setNow] = useState(start);
  const [refused, setRefused] = useState<string>();
  const change = (part: Partial<typeof USUAL>) => {
    setNow((before) => ({ ...before, ...part }));
    setRefused(undefined);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (saving || denied !== undefined) return;
    const { simplifiedLimit, needsSecondPerson } = now;
    const answer = await save({ companyId: clientId, simplifiedLimit, needsSecondPerson });
    const problem = problemOf(answer, "changeDocumentSettings");
    setRefused(problem?.message);
    if (problem) return;
    setStart(now);
    sayDone({ text: i18n.t("Document settings saved.") });
  };
  return (
    <form className={styles.form} aria-labelledby={id} onSubmit={(event) => void submit(event)}>
      <h2 id={id}>{i18n.t("Approval")}</h2>
      {refused && (
        <p role="alert" className={styles.refused}>
          {refused}
        </p>
      )}
      <Checkbox
        label={i18n.t("Somebody else approves what one wrote")}
        disabled={denied !== undefined}
        checked={now.needsSecondPerson}
        onChange={({ target }) => change({ needsSecondPerson: target.checked })}
      />
      <p className={styles.help}>
        {i18n.t("Who wrote or changed a document cannot approve it. Only the owner or an administrator ends this.")}
      </p>
      <Field label={i18n.t("Simplified invoices up to")} help={i18n.t("VAT included (RD 1619/2012, art. 4).")}>
        {(ids) => (
          <Select
            {...ids}
            disabled={denied !== undefined}
            value={now.simplifiedLimit}
            onChange={({ target }) => change({ simplifiedLimit: target.value })}
          >
            <option value={USUAL.simplifiedLimit}>
              {i18n.t("{amount}, the general limit", { amount: f.money(USUAL.simplifiedLimit, "EUR") })}
            </option>
            <option value={RETAIL}>
              {i18n.t("{amount}: retail, restaurants, transport and the like", { amount: f.money(RETAIL, "EUR") })}
            </option>
          </Select>
        )}
      </Field>
      <Button type="submit" denied={denied} busy={saving}>
        {i18n.t("Save")}
      </Button>
      <LeaveGuard dirty={() => now !== start} />
    </form>
  );
}
