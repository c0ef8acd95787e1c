import { useFormats } from "@atrio/kit/format";
import { useRead, useWrite } from "@atrio/kit/graphql";
import { Button, NotFound, PageHeading, Status, sayDone } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { rowPlace } from "../app/places";
import { Fact, Facts, ReadState } from "../app/Screen";
import screen from "../app/Screen.module.css";
import { useTaxName } from "../app/taxCodes";
import { useWriteAccess } from "../app/useWriteAccess";
import { ChangeRecurring, EndRecurring, PauseRecurring, RecurringTemplate, ResumeRecurring } from "../gql/operations";
import { draftOf, type Template } from "./form";
import styles from "./Recurring.module.css";
import { type Refused, TemplateForm } from "./TemplateForm";
import { useDay, useFollowUps, useFrequencies, useTemplateStates } from "./words";

const route = getRouteApi("/frame/c/$clientId/recurring/$templateId");

/** One template: its timetable, what it will make, and what it made. */
export function TemplateScreen() {
  const i18n = useWords();
  const { clientId, templateId } = route.useParams();
  const read = useRead(RecurringTemplate, { id: templateId });
  const [editing, setEditing] = useState(false);
  const [change, saving] = useWrite(ChangeRecurring);
  const template = read.data?.recurringInvoice;
  const save = async (input: Parameters<typeof change>[0]["input"]): Promise<Refused | undefined> => {
    const { data, failure, denials } = await change({ id: templateId, input });
    const refusal = data?.changeRecurringInvoice?.refusals[0];
    const message = failure?.message ?? refusal?.message ?? denials.at("changeRecurringInvoice")?.message;
    if (message !== undefined) return { path: refusal?.path ?? [], message };
    sayDone({ text: i18n.t("Template {name} kept", { name: input.name }) });
    setEditing(false);
    read.reload();
    return undefined;
  };
  return (
    <div className={screen.page}>
      <ReadState read={read} at="recurringInvoice">
        {!template ? (
          <NotFound />
        ) : editing ? (
          <>
            <PageHeading>{template.name}</PageHeading>
            <TemplateForm
              clientId={clientId}
              first={draftOf(template)}
              saving={saving}
              onSave={save}
              onCancel={() => setEditing(false)}
            />
          </>
        ) : (
          <Shown clientId={clientId} template={template} onEdit={() => setEditing(true)} onChanged={read.reload} />
        )}
      </ReadState>
    </div>
  );
}

interface ShownProps {
  clientId: string;
  template: Template;
  onEdit: () => void;
  onChanged: () => void;
}

function Shown({ clientId, template, onEdit, onChanged }: ShownProps) {
  const i18n = useWords();
  const f = useFormats();
  const day = useDay();
  const states = useTemplateStates();
  const often = useFrequencies();
  const followUps = useFollowUps();
  const closed = useWriteAccess(clientId, "RECURRING", "edit");
  const [refused, setRefused] = useState<string>();
  const [pause, pausing] = useWrite(PauseRecurring);
  const [resume, resuming] = useWrite(ResumeRecurring);
  const [end, ending] = useWrite(EndRecurring);
  const busy = pausing || resuming || ending;
  const { id } = template;
  const act = async (answer: Promise<{ message: string | undefined }>) => {
    const { message } = await answer;
    setRefused(message);
    if (message === undefined) onChanged();
  };
  const paused = () =>
    pause({ id }).then(({ data, failure }) => ({
      message: failure?.message ?? data?.pauseRecurringInvoice?.refusals[0]?.message,
    }));
  const resumed = () =>
    resume({ id }).then(({ data, failure }) => ({
      message: failure?.message ?? data?.resumeRecurringInvoice?.refusals[0]?.message,
    }));
  const ended = () =>
    end({ id }).then(({ data, failure }) => ({ message: failure?.message ?? data?.endRecurringInvoice?.refusals[0]?.message }));
  const isOver = template.state === "ENDED";
  return (
    <>
      <nav aria-label={i18n.t("Where you are")}>
        <Link to="/c/$clientId/recurring" params={{ clientId }} search={{}}>
          {i18n.t("Recurring invoices")}
        </Link>
      </nav>
      <PageHeading
        detail={<Status tone={states[template.state].tone}>{states[template.state].word}</Status>}
        actions={
          <>
            {template.state === "ACTIVE" && (
              <Button denied={closed} busy={busy} onClick={() => void act(paused())}>
                {i18n.t("Pause")}
              </Button>
            )}
            {template.state === "PAUSED" && (
              <Button denied={closed} busy={busy} onClick={() => void act(resumed())}>
                {i18n.t("Resume")}
              </Button>
            )}
            {!isOver && (
              <Button denied={closed} busy={busy} onClick={() => void act(ended())}>
                {i18n.t("End for good")}
              </Button>
            )}
            <Button kind="primary" denied={closed} onClick={onEdit}>
              {i18n.t("Edit")}
            </Button>
          </>
        }
      >
        {template.name}
      </PageHeading>
      {refused && (
        <p role="alert" className={styles.refused}>
          {refused}
        </p>
      )}
      <Facts>
        <Fact label={i18n.t("Customer")}>
          {template.contact ? <Link {...rowPlace.contact(clientId, template.contact.id)}>{template.contact.name}</Link> : "–"}
        </Fact>
        <Fact label={i18n.t("How often")}>{often(template.frequency, template.every)}</Fact>
        <Fact label={i18n.t("First date")}>{day(template.startsOn)}</Fact>
        <Fact label={i18n.t("Last date")}>{day(template.endsOn)}</Fact>
        <Fact label={i18n.t("Invoices made")}>
          {template.countMax ? `${template.madeCount} / ${template.countMax}` : String(template.madeCount)}
        </Fact>
        <Fact label={i18n.t("The invoice")}>{followUps[template.followUp]}</Fact>
        <Fact label={i18n.t("Attach the invoice to the mail")}>
          {template.attachesPdf ? i18n.t("Yes") : i18n.t("No, a link")}
        </Fact>
        <Fact label={i18n.t("Before tax")}>{f.money(template.taxableBase, template.currency)}</Fact>
        <Fact label={i18n.t("Next dates")}>
          {(template.nextDates ?? [])
            .slice(0, 6)
            .map((one) => f.date(one))
            .join(" · ") || "–"}
        </Fact>
      </Facts>
      <section className={styles.section} aria-labelledby="lines">
        <h2 id="lines">{i18n.t("Lines")}</h2>
        <ul className={styles.rows}>
          {(template.lines ?? []).map((line) => (
            <LineOfTemplate key={line.id} line={line} />
          ))}
        </ul>
      </section>
      <section className={styles.section} aria-labelledby="made">
        <h2 id="made">{i18n.t("What it made")}</h2>
        {(template.runs ?? []).length === 0 && <p className={styles.quiet}>{i18n.t("Nothing yet.")}</p>}
        <ul className={styles.rows}>
          {(template.runs ?? []).map((run) => (
            <li key={run.id}>
              <span className="tabular">{f.date(run.scheduledOn)}</span>
              {run.document ? (
                <Link {...rowPlace.document(clientId, "sales", run.document.id)}>
                  {run.document.number ?? i18n.t("Draft")} · {f.money(run.document.total, run.document.currency)}
                </Link>
              ) : (
                <span className={styles.refused}>{run.refusal ?? i18n.t("Refused")}</span>
              )}
              {run.mail === "QUEUED" && <Status tone="good">{i18n.t("Mailed")}</Status>}
              {run.mail === "REFUSED" && <span className={styles.refused}>{run.mailRefusal}</span>}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function LineOfTemplate({ line }: { line: NonNullable<Template["lines"]>[number] }) {
  const f = useFormats();
  const tax = useTaxName("sales", line.taxCode);
  return (
    <li>
      <span>{line.description}</span>
      <span className="tabular">
        {f.decimal(line.quantity)} × {f.decimal(line.unitPrice)} · {tax ?? f.percent(line.taxRate ?? "0")}
      </span>
    </li>
  );
}
