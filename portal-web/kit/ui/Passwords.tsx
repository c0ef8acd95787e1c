import { type FormEvent, type ReactNode, useState } from "react";
import type { Failure } from "../graphql/denied";
import { askForPassword, choosePassword } from "../graphql/session";
import type { Surface } from "../graphql/surface";
import { useWords } from "../words/WordsProvider";
import { Button } from "./Button";
import { Field, TextInput } from "./Field";
import { Icon } from "./Icon";
import styles from "./Passwords.module.css";

const LENGTH_MIN = 10;

interface PasswordPageProps {
  /** Whose door it is: logo or name, above the heading. */
  brand: ReactNode;
  /** Address of the page where one signs in. */
  signIn: string;
}

/** Where a mailed link leads: a new password, once. The token stands behind # so that no server log holds it. */
export function ChoosePassword({ brand, signIn }: PasswordPageProps) {
  const i18n = useWords();
  const { busy, failure, done, run } = useSending();
  const submit = (form: FormData) => run(choosePassword(window.location.hash.slice(1), String(form.get("password"))));
  return (
    <PasswordForm brand={brand} heading={i18n.t("Choose your password")} failure={failure} onSubmit={done ? undefined : submit}>
      {done ? (
        <p role="status">{i18n.t("Your password is set. Sign in with it.")}</p>
      ) : (
        <>
          <Field label={i18n.t("New password")} help={i18n.t("{count} signs or more.", { count: LENGTH_MIN })}>
            {(ids) => (
              <TextInput
                {...ids}
                name="password"
                type="password"
                autoComplete="new-password"
                minLength={LENGTH_MIN}
                maxLength={200}
                required
              />
            )}
          </Field>
          <Button kind="primary" type="submit" busy={busy}>
            {i18n.t("Keep this password")}
          </Button>
        </>
      )}
      <a className={styles.link} href={signIn}>
        {i18n.t("To signing in")}
      </a>
    </PasswordForm>
  );
}

/** Has a link mailed. The answer is the same whether or not the login exists. */
export function ForgottenPassword({
  brand,
  signIn,
  surface,
  slug,
  label,
}: PasswordPageProps & { surface: Surface; slug?: string; label: string }) {
  const i18n = useWords();
  const { busy, failure, done, run } = useSending();
  const submit = (form: FormData) => run(askForPassword(surface, String(form.get("login")), slug));
  return (
    <PasswordForm brand={brand} heading={i18n.t("Forgotten password")} failure={failure} onSubmit={done ? undefined : submit}>
      {done ? (
        <p role="status">{i18n.t("If we know this login, a mail with a link is on its way. The link holds for one hour.")}</p>
      ) : (
        <>
          <Field label={label} help={i18n.t("We mail you a link to choose a new password.")}>
            {(ids) => (
              <TextInput {...ids} name="login" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
            )}
          </Field>
          <Button kind="primary" type="submit" busy={busy}>
            {i18n.t("Send me a link")}
          </Button>
        </>
      )}
      <a className={styles.link} href={signIn}>
        {i18n.t("To signing in")}
      </a>
    </PasswordForm>
  );
}

interface PasswordFormProps {
  brand: ReactNode;
  heading: string;
  failure?: Failure;
  onSubmit?: (form: FormData) => void;
  children: ReactNode;
}

function PasswordForm({ brand, heading, failure, onSubmit, children }: PasswordFormProps) {
  const i18n = useWords();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit?.(new FormData(event.currentTarget));
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      {brand}
      <h1>{heading}</h1>
      {children}
      {failure && (
        <p role="alert" className={styles.failure}>
          <Icon name="warn" />
          <span>
            {failure.offline ? i18n.t("The server cannot be reached. Try again in a moment.") : failure.message}
            {failure.requestId && <small>{i18n.t("Request number {id}", { id: failure.requestId })}</small>}
          </span>
        </p>
      )}
    </form>
  );
}

/** One request to the gateway's own doors: under way, failed or done. */
function useSending() {
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const run = async (sending: Promise<Failure | undefined>) => {
    setBusy(true);
    const failed = await sending;
    setBusy(false);
    setFailure(failed);
    setDone(!failed);
  };
  return { busy, failure, done, run };
}
