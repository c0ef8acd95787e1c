import { useFormats } from "@atrio/kit/format";
import { type Failure, signOut, useRead, useWrite } from "@atrio/kit/graphql";
import { Button, ErrorState, Field, PageHeading, Select, Skeleton, sayDone, type ThemeChoice, useTheme } from "@atrio/kit/ui";
import { LOCALE_NAMES, type Locale, speak, useLocale, useWords } from "@atrio/kit/words";
import { useState } from "react";
import { loadCatalog } from "../app/catalog";
import { ROWS_CHOICES, useRowsPerList } from "../app/rows";
import { useBranding } from "../app/viewer";
import { type PreferencesInput, SetPreferences, Viewer } from "../gql/operations";
import styles from "./Settings.module.css";

/** What a contact may set for themselves; every choice is kept at once, for all devices. */
export function Settings() {
  const i18n = useWords();
  const f = useFormats();
  const locale = useLocale();
  const [theme, setTheme] = useTheme();
  const { locales } = useBranding();
  const reading = useRead(Viewer, {});
  const viewer = reading.data?.viewer;
  const rows = useRowsPerList();
  const [save] = useWrite(SetPreferences);
  const keep = async (input: PreferencesInput) => {
    const { data, failure } = await save({ input });
    const refused = data?.setPreferences.refusals[0]?.message ?? failure?.message;
    if (!data || refused) sayDone({ text: [i18n.t("It was not saved."), refused].filter(Boolean).join(" "), tone: "bad" });
    reading.reload();
  };
  const chooseLocale = async (other: Locale) => {
    await speak(other, loadCatalog);
    await keep({ locale: other });
  };
  const chooseTheme = (choice: ThemeChoice) => {
    setTheme(choice);
    void keep({ theme: choice });
  };
  return (
    <div className={styles.screen}>
      <PageHeading>{i18n.t("Settings")}</PageHeading>
      {viewer ? (
        <>
          <Field label={i18n.t("Language")} help={i18n.t("Also that of the mails you get.")}>
            {(ids) => (
              <Select {...ids} value={locale} onChange={({ target }) => void chooseLocale(target.value as Locale)}>
                {locales.map((one) => (
                  <option key={one} value={one} lang={one}>
                    {LOCALE_NAMES[one]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={i18n.t("Rows per list")}>
            {(ids) => (
              <Select {...ids} value={rows} onChange={({ target }) => void keep({ rowsPerList: Number(target.value) })}>
                {choices(rows).map((one) => (
                  <option key={one} value={one}>
                    {f.count(one)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={i18n.t("Light or dark")}>
            {(ids) => (
              <Select {...ids} value={theme} onChange={({ target }) => chooseTheme(target.value as ThemeChoice)}>
                <option value="system">{i18n.t("Light or dark as the system")}</option>
                <option value="light">{i18n.t("Light")}</option>
                <option value="dark">{i18n.t("Dark")}</option>
              </Select>
            )}
          </Field>
          <Leave name={viewer.name} />
        </>
      ) : reading.loading ? (
        <Skeleton rows={6} />
      ) : (
        reading.failure && <ErrorState failure={reading.failure} onRetry={reading.reload} />
      )}
    </div>
  );
}

/** A value set elsewhere stays choosable. */
function choices(present: number): number[] {
  return [...new Set([...ROWS_CHOICES, present])].sort((a, b) => a - b);
}

function Leave({ name }: { name: string }) {
  const i18n = useWords();
  const { slug } = useBranding();
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    const failed = await signOut();
    setBusy(false);
    setFailure(failed);
    // A full load, so that nothing of this person stays in the page.
    if (!failed) window.location.assign(`/portal/${slug}/sign-in`);
  };
  return (
    <section className={styles.leave} aria-labelledby="leave">
      <h2 id="leave">{i18n.t("Signed in as {name}", { name })}</h2>
      <Button busy={busy} onClick={() => void leave()}>
        {i18n.t("Sign out")}
      </Button>
      {failure && (
        <p role="alert" className={styles.failure}>
          {failure.offline ? i18n.t("The server cannot be reached. Try again in a moment.") : failure.message}
        </p>
      )}
    </section>
  );
}
