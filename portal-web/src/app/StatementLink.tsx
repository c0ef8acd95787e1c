import { useRead } from "@atrio/kit/graphql";
import { Icon } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { Link } from "@tanstack/react-router";
import { StatementAccess } from "../gql/operations";
import { useBranding, useViewer } from "./viewer";
import styles from "./Way.module.css";

/** The way to one's own statement of account; nothing where the publisher did not grant it. */
export function StatementLink() {
  const i18n = useWords();
  const { slug } = useBranding();
  const id = useViewer()?.contactId ?? "";
  const access = useRead(StatementAccess, { id }, id === "");
  if (!access.data?.contact?.customerStatement) return null;
  return (
    <Link to="/$slug/statement" params={{ slug }} className={styles.way}>
      <Icon name="journal" size={20} />
      <span>{i18n.t("Statement of account")}</span>
      <Icon name="right" size={20} />
    </Link>
  );
}
