import { ForgottenPassword } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useEffect } from "react";
import styles from "./SignIn.module.css";

/** For people who cannot sign in any more: a link by mail. */
export function Forgotten() {
  const i18n = useWords();
  useEffect(() => {
    document.title = `${i18n.t("Forgotten password")} · Atrio`;
  }, [i18n]);
  return (
    <main id="main" className={styles.page}>
      <ForgottenPassword
        brand={<p className={styles.mark}>Atrio</p>}
        signIn="/firm/sign-in"
        surface="firm"
        label={i18n.t("E-mail")}
      />
    </main>
  );
}
