import { useFormats } from "@atrio/kit/format";
import { useRead } from "@atrio/kit/graphql";
import { NotFound, PageHeading, Status } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import { ExportList } from "../app/files";
import { ReadState } from "../app/Screen";
import screen from "../app/Screen.module.css";
import { TaxDraftPage, type TaxModel, TaxPartiesPage } from "../gql/operations";
import { BoxPanel } from "./BoxPanel";
import { Checks } from "./Checks";
import { type Box, Form } from "./Form";
import { Parties } from "./Parties";
import { ReturnActs } from "./ReturnActs";
import { type KeptReturn, ReturnFacts } from "./ReturnFacts";
import { modelNumber, modelOf, namesPersons, yearOf } from "./search";
import styles from "./Taxes.module.css";
import { useTaxWords } from "./words";

const route = getRouteApi("/frame/c/$clientId/taxes/$model/$year/$period");

/** One return: laid out as the form, or the persons it names; each box opens the lines behind it. */
export function ReturnScreen() {
  const { model } = route.useParams();
  const chosen = modelOf(model);
  return (
    <div className={screen.page}>{namesPersons(chosen) ? <NamingReturn model={chosen} /> : <BoxReturn model={chosen} />}</div>
  );
}

function useAsked(model: TaxModel) {
  const { clientId, year, period } = route.useParams();
  return { companyId: clientId, model, year: yearOf(year) ?? 0, period };
}

function BoxReturn({ model }: { model: TaxModel }) {
  const asked = useAsked(model);
  const { box } = route.useSearch();
  const navigate = route.useNavigate();
  const read = useRead(TaxDraftPage, asked);
  const draft = read.data?.taxDraft;
  const figures = draft?.figures;
  const choose = (number?: string) => void navigate({ search: { box: number }, replace: box !== undefined });
  return (
    <ReadState read={read} at="taxDraft">
      {!draft || !figures ? (
        <NotFound />
      ) : (
        <>
          <Head
            asked={asked}
            record={draft.record ?? undefined}
            dueOn={draft.dueOn}
            problem={figures.problem ?? undefined}
            onDone={read.reload}
          />
          <ReturnFacts
            dueOn={draft.dueOn}
            record={draft.record ?? undefined}
            resultType={figures.resultType ?? undefined}
            resultAmount={figures.resultAmount ?? undefined}
          />
          {figures.problem ? (
            <p className={styles.problem}>{figures.problem}</p>
          ) : (
            <>
              <Checks checks={figures.checks} differences={figures.differences} />
              <div className={styles.split}>
                <Form
                  asked={asked}
                  sections={figures.sections}
                  open={box}
                  onOpen={choose}
                  onTyped={read.reload}
                  kept={draft.record?.state}
                />
                {box && (
                  <BoxPanel
                    asked={asked}
                    number={box}
                    box={boxOf(figures.sections, box)}
                    onOpen={choose}
                    onClose={() => choose(undefined)}
                  />
                )}
              </div>
            </>
          )}
        </>
      )}
    </ReadState>
  );
}

function boxOf(sections: ComponentProps<typeof Form>["sections"], number: string): Box | undefined {
  return sections.flatMap(({ lines }) => lines.flatMap(({ boxes }) => boxes)).find((box) => box.number === number);
}

/** Which file a return becomes: the boxes of its form, or the persons it names. */
function fileOf(model: TaxModel): string {
  if (model === "M347") return "taxPartiesOf347";
  if (model === "M349") return "taxPartiesOf349";
  return namesPersons(model) ? "taxPartiesWithheld" : "taxDraft";
}

function NamingReturn({ model }: { model: TaxModel }) {
  const asked = useAsked(model);
  const read = useRead(TaxPartiesPage, asked);
  const list = read.data?.taxParties;
  return (
    <ReadState read={read} at="taxParties">
      {!list ? (
        <NotFound />
      ) : (
        <>
          <Head
            asked={asked}
            record={list.record ?? undefined}
            dueOn={list.dueOn}
            problem={list.named.problem ?? undefined}
            onDone={read.reload}
          />
          <ReturnFacts dueOn={list.dueOn} record={list.record ?? undefined} />
          {list.named.problem ? (
            <p className={styles.problem}>{list.named.problem}</p>
          ) : (
            <>
              <Checks checks={list.named.checks} differences={[]} />
              <Parties asked={asked} parties={list.named.parties} />
            </>
          )}
        </>
      )}
    </ReadState>
  );
}

interface HeadProps {
  asked: { companyId: string; model: TaxModel; year: number; period: string };
  record?: KeptReturn;
  dueOn: string;
  problem?: string;
  onDone: () => void;
}

function Head({ asked, record, dueOn, problem, onDone }: HeadProps) {
  const i18n = useWords();
  const f = useFormats();
  const words = useTaxWords();
  const { word, tone } = words.states[record?.state ?? "DRAFT"];
  return (
    <>
      <nav aria-label={i18n.t("Where you are")} className={styles.trail}>
        <Link to="/c/$clientId/taxes" params={{ clientId: asked.companyId }} search={{ year: asked.year }}>
          {i18n.t("Taxes")}
        </Link>
      </nav>
      <PageHeading
        detail={
          <>
            <Status tone={tone}>{word}</Status> · {words.models[asked.model]} ·{" "}
            {i18n.t("last day {date}", { date: f.date(dueOn) })}
          </>
        }
        actions={
          problem ? undefined : (
            <>
              <ExportList name={fileOf(asked.model)} from={asked} />
              <ReturnActs asked={asked} record={record} onDone={onDone} />
            </>
          )
        }
      >
        {`${modelNumber(asked.model)} · ${words.period(asked.period)} ${asked.year}`}
      </PageHeading>
    </>
  );
}
