import { type Failure, signIn } from "@atrio/kit/graphql";
import { Button, Field, Icon, NotFound, TextInput } from "@atrio/kit/ui";
import { LOCALE_NAMES, speak, useLocale, useWords } from "@atrio/kit/words";
import { getRouteApi } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { Brand } from "../app/Brand";
import { loadCatalog } from "../app/catalog";
import { useBranding } from "../app/viewer";
import styles from "./SignIn.module.css";

const route = getRouteApi("/$slug/sign-in");

/** The firm's own door: its logo and colour, one login, one password. A full page load follows. */
export function SignIn() {
  const i18n = useWords();
  const locale = useLocale();
  const { next } = route.useSearch();
  const { branding, slug, locales, loading, failure: lost } = useBranding();
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    document.title = `${i18n.t("Sign in")} · ${branding?.name ?? "Atrio"}`;
  }, [i18n, branding]);
  if (!branding && !loading && !lost) return <NotFound />;
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    const failed = await signIn("portal", String(form.get("login")), String(form.get("password")), slug);
    setBusy(false);
    setFailure(failed);
    if (!failed) window.location.assign(`/portal${next?.startsWith(`/${slug}`) ? next : `/${slug}`}`);
  };
  return (
    <main id="main" className={styles.page}>
      <form className={styles.form} onSubmit={submit}>
        <Brand />
        <h1>{branding ? i18n.t("Your documents at {firm}", { firm: branding.name }) : i18n.t("Sign in")}</h1>
        <Field label={i18n.t("E-mail or user code")}>
          {(ids) => <TextInput {...ids} name="login" autoComplete="username" autoCapitalize="none" spellCheck={false} required />}
        </Field>
        <Field label={i18n.t("Password")}>
          {(ids) => <TextInput {...ids} name="password" type="password" autoComplete="current-password" required />}
        </Field>
        {failure && (
          <p role="alert" className={styles.failure}>
            <Icon name="warn" />
            <span>
              {failure.offline ? i18n.t("The server cannot be reached. Try again in a moment.") : failure.message}
              {failure.requestId && <small>{i18n.t("Request number {id}", { id: failure.requestId })}</small>}
            </span>
          </p>
        )}
        <Button kind="primary" type="submit" busy={busy}>
          {i18n.t("Sign in")}
        </Button>
        <a className={styles.forgotten} href={`/portal/${slug}/forgotten`}>
          {i18n.t("Forgotten password")}
        </a>
      </form>
      <nav className={styles.languages} aria-label={i18n.t("Language")}>
        {locales.map((other) => (
          <Button key={other} kind="bare" lang={other} aria-pressed={other === locale} onClick={() => speak(other, loadCatalog)}>
            {LOCALE_NAMES[other]}
          </Button>
        ))}
      </nav>
    </main>
  );
}
