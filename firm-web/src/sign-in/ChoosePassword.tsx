import { ChoosePassword as ChoosePasswordForm } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useEffect } from "react";
import styles from "./SignIn.module.css";

/** Where the mail of a forgotten password leads. */
export function ChoosePassword() {
  const i18n = useWords();
  useEffect(() => {
    document.title = `${i18n.t("Choose your password")} · Atrio`;
  }, [i18n]);
  return (
    <main id="main" className={styles.page}>
      <ChoosePasswordForm brand={<p className={styles.mark}>Atrio</p>} signIn="/firm/sign-in" />
    </main>
  );
}
