import { ChoosePassword as ChoosePasswordForm, NotFound } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useEffect } from "react";
import { Brand } from "../app/Brand";
import { useBranding } from "../app/viewer";
import styles from "./SignIn.module.css";

/** Where the mail that gives access leads. */
export function ChoosePassword() {
  const i18n = useWords();
  const { branding, slug, loading, failure } = useBranding();
  useEffect(() => {
    document.title = `${i18n.t("Choose your password")} · ${branding?.name ?? "Atrio"}`;
  }, [i18n, branding]);
  if (!branding && !loading && !failure) return <NotFound />;
  return (
    <main id="main" className={styles.page}>
      <ChoosePasswordForm brand={<Brand />} signIn={`/portal/${slug}/sign-in`} />
    </main>
  );
}
