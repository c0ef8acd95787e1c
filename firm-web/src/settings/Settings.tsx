import { signOut, useWrite } from "@atrio/kit/graphql";
import { setSingleLetters } from "@atrio/kit/keys";
import { Button, Checkbox, Field, PageHeading, Select, sayDone, type ThemeChoice, useRoleNames, useTheme } from "@atrio/kit/ui";
import { LOCALE_NAMES, LOCALES, type Locale, speak, useLocale, useWords } from "@atrio/kit/words";
import { useState } from "react";
import { loadCatalog } from "../app/catalog";
import { Fact, Facts } from "../app/Screen";
import screen from "../app/Screen.module.css";
import { useViewer } from "../app/viewer";
import { SetPreferences } from "../gql/operations";
import { Declaration } from "./Declaration";
import styles from "./Settings.module.css";
import { keysAreOn, rememberKeys } from "./singleLetters";

type Density = "tight" | "normal" | "relaxed";

/** What is personal: language, light or dark, height of rows, keys; and the way out. Each choice is kept at once. */
export function SettingsScreen() {
  const i18n = useWords();
  const roles = useRoleNames();
  const viewer = useViewer();
  const locale = useLocale();
  const [theme, setTheme] = useTheme();
  const [letters, setLetters] = useState(keysAreOn);
  const [save, saving] = useWrite(SetPreferences);
  const [density, setDensity] = useState<Density>();
  const shown = density ?? (viewer?.density as Density | undefined) ?? "normal";
  const keep = async (input: { locale?: Locale; theme?: string; density?: string }) => {
    const { data, failure, denials } = await save({ input });
    const problem = failure?.message ?? data?.setPreferences?.refusals[0]?.message ?? denials.at("setPreferences")?.message;
    if (problem !== undefined) sayDone({ text: i18n.t("It holds here, but was not kept: {problem}", { problem }), tone: "bad" });
  };
  const chooseLocale = async (other: Locale) => {
    await speak(other, loadCatalog);
    await keep({ locale: other });
  };
  const chooseTheme = (choice: ThemeChoice) => {
    setTheme(choice);
    void keep({ theme: choice });
  };
  const chooseDensity = (choice: Density) => {
    setDensity(choice);
    document.documentElement.dataset.density = choice;
    void keep({ density: choice });
  };
  const chooseLetters = (on: boolean) => {
    setLetters(on);
    setSingleLetters(on);
    rememberKeys(on);
  };
  const leave = async () => {
    await signOut();
    window.location.assign("/firm/sign-in");
  };
  return (
    <div className={screen.page}>
      <PageHeading>{i18n.t("Settings")}</PageHeading>
      {viewer && (
        <Facts>
          <Fact label={i18n.t("Name")}>{viewer.name}</Fact>
          {viewer.email && <Fact label={i18n.t("E-mail")}>{viewer.email}</Fact>}
          <Fact label={i18n.t("Firm")}>{viewer.companyName}</Fact>
          <Fact label={i18n.t("Role")}>{roles[viewer.role] ?? viewer.role}</Fact>
        </Facts>
      )}
      <div className={styles.fields} aria-busy={saving}>
        <Field label={i18n.t("Language")}>
          {(ids) => (
            <Select {...ids} value={locale} onChange={(event) => void chooseLocale(event.target.value as Locale)}>
              {LOCALES.map((one) => (
                <option key={one} value={one} lang={one}>
                  {LOCALE_NAMES[one]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={i18n.t("Light or dark")}>
          {(ids) => (
            <Select {...ids} value={theme} onChange={(event) => chooseTheme(event.target.value as ThemeChoice)}>
              <option value="system">{i18n.t("As the system")}</option>
              <option value="light">{i18n.t("Light")}</option>
              <option value="dark">{i18n.t("Dark")}</option>
            </Select>
          )}
        </Field>
        <Field label={i18n.t("Height of rows")}>
          {(ids) => (
            <Select {...ids} value={shown} onChange={(event) => chooseDensity(event.target.value as Density)}>
              <option value="tight">{i18n.t("Tight")}</option>
              <option value="normal">{i18n.t("Normal")}</option>
              <option value="relaxed">{i18n.t("Relaxed")}</option>
            </Select>
          )}
        </Field>
        <div>
          <Checkbox
            label={i18n.t("Single letters are keys")}
            checked={letters}
            onChange={(event) => chooseLetters(event.target.checked)}
          />
          <p className={styles.help}>{i18n.t("Kept in this browser. Chords such as Ctrl+K always work.")}</p>
        </div>
      </div>
      <div>
        <Button onClick={() => void leave()}>{i18n.t("Sign out")}</Button>
      </div>
      <Declaration />
    </div>
  );
}
