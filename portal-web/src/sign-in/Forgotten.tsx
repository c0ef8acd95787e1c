import { ForgottenPassword, NotFound } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useEffect } from "react";
import { Brand } from "../app/Brand";
import { useBranding } from "../app/viewer";
import styles from "./SignIn.module.css";

/** For contacts who cannot sign in any more: a link by mail. */
export function Forgotten() {
  const i18n = useWords();
  const { branding, slug, loading, failure } = useBranding();
  useEffect(() => {
    document.title = `${i18n.t("Forgotten password")} · ${branding?.name ?? "Atrio"}`;
  }, [i18n, branding]);
  if (!branding && !loading && !failure) return <NotFound />;
  return (
    <main id="main" className={styles.page}>
      <ForgottenPassword
        brand={<Brand />}
        signIn={`/portal/${slug}/sign-in`}
        surface="portal"
        slug={slug}
        label={i18n.t("E-mail or user code")}
      />
    </main>
  );
}
