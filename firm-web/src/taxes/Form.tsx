import { isZero, useFormats } from "@atrio/kit/format";
import { Button } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useState } from "react";
import { useWriteAccess } from "../app/useWriteAccess";
import type { TaxDraftPageQuery, TaxModel, TaxReturnState } from "../gql/operations";
import styles from "./Taxes.module.css";
import { TypeBoxDialog } from "./TypeBoxDialog";

type Sections = NonNullable<TaxDraftPageQuery["taxDraft"]>["figures"]["sections"];
export type Box = Sections[number]["lines"][number]["boxes"][number];

interface FormProps {
  asked: { companyId: string; model: TaxModel; year: number; period: string };
  sections: Sections;
  /** The box whose lines are shown. */
  open?: string;
  onOpen: (number: string) => void;
  onTyped: () => void;
  kept?: TaxReturnState;
}

/** The form as it is printed: sections of lines, each with its numbered boxes. */
export function Form({ asked, sections, open, onOpen, onTyped, kept }: FormProps) {
  const [typing, setTyping] = useState<{ box: Box; label: string }>();
  const closed = useWriteAccess(asked.companyId, "TAXES", "edit");
  const fixed = kept !== undefined && kept !== "DRAFT";
  return (
    <div className={styles.form}>
      {sections.map((section) => (
        <section key={section.title} aria-label={section.title} className={styles.section}>
          <h2>{section.title}</h2>
          {section.lines.map((line) => (
            <div key={line.label} className={styles.formLine}>
              <span>{line.label}</span>
              <span className={styles.boxes}>
                {line.boxes.map((box) => (
                  <BoxCell
                    key={box.number}
                    box={box}
                    open={open === box.number}
                    onOpen={() => onOpen(box.number)}
                    onType={fixed || closed ? undefined : () => setTyping({ box, label: line.label })}
                  />
                ))}
              </span>
            </div>
          ))}
        </section>
      ))}
      {typing && <TypeBoxDialog asked={asked} {...typing} onClose={() => setTyping(undefined)} onDone={onTyped} />}
    </div>
  );
}

/** Whether something can be shown behind a box: lines that add up to it, or the boxes it is computed from. */
export const explains = (box: Box) => box.opens || box.shares.length > 0;

interface BoxCellProps {
  box: Box;
  open: boolean;
  onOpen: () => void;
  onType?: () => void;
}

function BoxCell({ box, open, onOpen, onType }: BoxCellProps) {
  const i18n = useWords();
  const f = useFormats();
  const value =
    box.kind === "RATE" ? f.decimal(box.amount) : box.kind === "PEOPLE" ? f.count(Number(box.amount)) : f.money(box.amount);
  const empty = isZero(box.amount);
  return (
    <span
      className={styles.box}
      data-open={open || undefined}
      data-empty={empty || undefined}
      data-rate={box.kind === "RATE" || undefined}
    >
      <span className={styles.number}>{box.number}</span>
      {explains(box) && !empty ? (
        <button
          type="button"
          className={styles.value}
          aria-expanded={open}
          data-typed={box.typed || undefined}
          aria-label={i18n.t("Box {number}: {value}, show the lines", { number: box.number, value })}
          onClick={onOpen}
        >
          {value}
        </button>
      ) : (
        <span className={styles.value}>{value}</span>
      )}
      {box.mayType && onType && (
        <Button
          kind="bare"
          icon="plus"
          iconOnly
          aria-label={i18n.t("Type box {number}", { number: box.number })}
          title={box.reason ?? undefined}
          onClick={onType}
        />
      )}
    </span>
  );
}
