import { useRead } from "@atrio/kit/graphql";
import { ErrorState, Skeleton, Status } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type DeclarationGap, ResponsibleDeclaration } from "../gql/operations";
import styles from "./Settings.module.css";

/** What the law wants visible in a billing program: who supplies it and what they declare of it, or what is missing. */
export function Declaration() {
  const i18n = useWords();
  const gaps = useGaps();
  const read = useRead(ResponsibleDeclaration, {});
  const declaration = read.data?.responsibleDeclaration;
  return (
    <section className={styles.declaration} aria-labelledby="declaration">
      <h2 id="declaration">{i18n.t("Responsible declaration of the billing system")}</h2>
      {!declaration && read.failure && <ErrorState failure={read.failure} onRetry={read.reload} />}
      {!declaration && !read.failure && <Skeleton />}
      {declaration && (
        <>
          {declaration.gaps.length === 0 ? (
            <Status tone="good">{i18n.t("Declared by its supplier")}</Status>
          ) : (
            <>
              <Status tone="bad">{i18n.t("Nobody has declared this installation yet")}</Status>
              <ul>
                {declaration.gaps.map((gap) => (
                  <li key={gap}>{gaps[gap]}</li>
                ))}
              </ul>
            </>
          )}
          <details>
            <summary>{i18n.t("Text of the declaration, in Spanish")}</summary>
            <dl lang="es">
              {declaration.parts.map(({ letter, heading, text }) => (
                <div key={letter}>
                  <dt>
                    {letter}) {heading}
                  </dt>
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
          </details>
        </>
      )}
    </section>
  );
}

function useGaps(): { [gap in DeclarationGap]: string } {
  const i18n = useWords();
  return {
    MAKER_TAX_ID: i18n.t("The supplier's tax id is not set, so invoice records lack it."),
    MAKER_ADDRESS: i18n.t("The supplier's address is not set."),
    SIGNING: i18n.t("Place and day of the declaration are not set."),
    SIGNED_RECORDS: i18n.t("Invoice records are neither sent to the tax agency nor signed."),
    EVENT_LOG: i18n.t("There is no log of events, which the mode without sending needs."),
  };
}
