import { type Failure, signIn } from "@atrio/kit/graphql";
import { Button, Field, Icon, TextInput } from "@atrio/kit/ui";
import { LOCALE_NAMES, LOCALES, speak, useLocale, useWords } from "@atrio/kit/words";
import { getRouteApi } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { loadCatalog } from "../app/catalog";
import styles from "./SignIn.module.css";

const route = getRouteApi("/sign-in");

/** Address and password. A full page load follows, so nothing of another person is left in memory. */
export function SignIn() {
  const i18n = useWords();
  const locale = useLocale();
  const { next } = route.useSearch();
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    document.title = `${i18n.t("Sign in")} · Atrio`;
  }, [i18n]);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    const failed = await signIn("firm", String(form.get("login")), String(form.get("password")));
    setBusy(false);
    setFailure(failed);
    if (!failed) window.location.assign(`/firm${next?.startsWith("/") && !next.startsWith("//") ? next : "/clients"}`);
  };
  return (
    <main id="main" className={styles.page}>
      <form className={styles.form} onSubmit={submit}>
        <p className={styles.mark}>Atrio</p>
        <h1>{i18n.t("Sign in to your firm")}</h1>
        <Field label={i18n.t("E-mail")}>
          {(ids) => <TextInput {...ids} name="login" type="email" autoComplete="username" required />}
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
        <a className={styles.forgotten} href="/firm/forgotten">
          {i18n.t("Forgotten password")}
        </a>
      </form>
      <nav className={styles.languages} aria-label={i18n.t("Language")}>
        {LOCALES.map((other) => (
          <Button key={other} kind="bare" lang={other} aria-pressed={other === locale} onClick={() => speak(other, loadCatalog)}>
            {LOCALE_NAMES[other]}
          </Button>
        ))}
      </nav>
    </main>
  );
}
