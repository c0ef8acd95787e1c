import { useRead } from "@atrio/kit/graphql";
import { EmptyState, PageHeading } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ReadState } from "../../app/Screen";
import screen from "../../app/Screen.module.css";
import { type EntryParameterKind, EntryTemplates } from "../../gql/operations";
import { FillForm } from "./FillForm";
import styles from "./Templates.module.css";
import { useAssistantWords } from "./words";

const route = getRouteApi("/frame/c/$clientId/journal/templates");

/** Something that makes an entry from a few values: an assistant, or a template of the client's own. */
export interface Pattern {
  key: string;
  name: string;
  assistant: boolean;
  parameters: readonly { name: string; kind: EntryParameterKind; default: string | null }[];
}

/** Entries that come again: choose one, fill in its values, and look at the draft. */
export function TemplatesScreen() {
  const i18n = useWords();
  const words = useAssistantWords();
  const { clientId } = route.useParams();
  const { use } = route.useSearch();
  const read = useRead(EntryTemplates, { companyId: clientId });
  const own: Pattern[] = (read.data?.entryTemplates ?? []).map(({ id, name, lines }) => ({
    key: id,
    name,
    assistant: false,
    parameters: [...new Set((lines ?? []).flatMap((line) => (line.basis === "REST" ? [] : [line.variable])))].map((variable) => ({
      name: variable,
      kind: "AMOUNT",
      default: null,
    })),
  }));
  const assistants: Pattern[] = (read.data?.entryAssistants ?? []).map(({ kind, parameters }) => ({
    key: kind,
    name: words.kinds[kind],
    assistant: true,
    parameters,
  }));
  const chosen = [...own, ...assistants].find(({ key }) => key === use);
  return (
    <div className={screen.page}>
      <nav aria-label={i18n.t("Where you are")}>
        <Link to="/c/$clientId/journal" params={{ clientId }}>
          {i18n.t("Journal")}
        </Link>
      </nav>
      <PageHeading>{i18n.t("Templates")}</PageHeading>
      <ReadState read={read} at="entryTemplates">
        <div className={styles.both}>
          <div className={styles.choices}>
            {own.length > 0 && <Choices title={i18n.t("Your own")} patterns={own} chosen={use} clientId={clientId} />}
            <Choices title={i18n.t("Assistants")} patterns={assistants} chosen={use} clientId={clientId} />
          </div>
          {chosen ? (
            <FillForm key={chosen.key} clientId={clientId} pattern={chosen} />
          ) : (
            <EmptyState title={i18n.t("Choose what shall be entered.")} icon="journal">
              {i18n.t("A posted or drafted entry becomes a template on its own page.")}
            </EmptyState>
          )}
        </div>
      </ReadState>
    </div>
  );
}

interface ChoicesProps {
  clientId: string;
  title: string;
  patterns: readonly Pattern[];
  chosen: string | undefined;
}

function Choices({ clientId, title, patterns, chosen }: ChoicesProps) {
  return (
    <section>
      <h2>{title}</h2>
      <ul className={styles.list}>
        {patterns.map(({ key, name }) => (
          <li key={key}>
            <Link
              to="/c/$clientId/journal/templates"
              params={{ clientId }}
              search={{ use: key }}
              replace
              aria-current={key === chosen || undefined}
              className={styles.choice}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
