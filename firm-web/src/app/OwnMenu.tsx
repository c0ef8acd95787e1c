import { signOut, switchMembership, useWrite } from "@atrio/kit/graphql";
import { Menu, type ThemeChoice, useRoleNames, useTheme } from "@atrio/kit/ui";
import { LOCALE_NAMES, LOCALES, type Locale, speak, useLocale, useWords } from "@atrio/kit/words";
import { SetPreferences } from "../gql/operations";
import { loadCatalog } from "./catalog";
import { useViewer } from "./viewer";

/** Name, language, light or dark, other memberships, the way out. */
export function OwnMenu() {
  const i18n = useWords();
  const roles = useRoleNames();
  const locale = useLocale();
  const viewer = useViewer();
  const [theme, setTheme] = useTheme();
  const [save] = useWrite(SetPreferences);
  const themes: Record<ThemeChoice, string> = {
    system: i18n.t("Light or dark as the system"),
    light: i18n.t("Light"),
    dark: i18n.t("Dark"),
  };
  const chooseLocale = (other: Locale) => {
    void speak(other, loadCatalog);
    void save({ input: { locale: other } });
  };
  const chooseTheme = (choice: ThemeChoice) => {
    setTheme(choice);
    void save({ input: { theme: choice } });
  };
  const change = async (membershipId: string) => {
    if (!(await switchMembership(membershipId))) window.location.assign("/firm/clients");
  };
  const leave = async () => {
    await signOut();
    window.location.assign("/firm/sign-in");
  };
  const heading = viewer && (
    <>
      <strong>{viewer.name}</strong>
      <div>{roles[viewer.role]}</div>
      <div>{viewer.companyName}</div>
    </>
  );
  const others = viewer?.memberships.filter(({ id }) => id !== viewer.id) ?? [];
  return (
    <Menu
      label={i18n.t("My menu")}
      button={{ icon: "person", iconOnly: true }}
      heading={heading}
      items={[
        ...others.map(({ id, companyName, role }) => ({
          label: i18n.t("Continue at {company} as {role}", { company: companyName, role: roles[role] ?? role }),
          onChoose: () => void change(id),
        })),
        ...LOCALES.map((other) => ({
          label: LOCALE_NAMES[other],
          chosen: other === locale,
          onChoose: () => chooseLocale(other),
        })),
        ...(["system", "light", "dark"] as const).map((choice) => ({
          label: themes[choice],
          chosen: choice === theme,
          begins: choice === "system",
          onChoose: () => chooseTheme(choice),
        })),
        { label: i18n.t("Sign out"), begins: true, onChoose: () => void leave() },
      ]}
    />
  );
}
