import { signOut, switchMembership, useWrite } from "@atrio/kit/graphql";
import { Menu, type ThemeChoice, useTheme } from "@atrio/kit/ui";
import { LOCALE_NAMES, type Locale, speak, useLocale, useWords } from "@atrio/kit/words";
import { SetPreferences } from "../gql/operations";
import { loadCatalog } from "./catalog";
import { useBranding, useViewer } from "./viewer";

/** Own name, other companies, language, light or dark, the way out. */
export function OwnMenu() {
  const i18n = useWords();
  const locale = useLocale();
  const viewer = useViewer();
  const { slug, locales } = useBranding();
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
  const change = async (membershipId: string, to: string) => {
    if (!(await switchMembership(membershipId))) window.location.assign(`/portal/${to}`);
  };
  const leave = async () => {
    await signOut();
    window.location.assign(`/portal/${slug}/sign-in`);
  };
  const others = viewer?.memberships.filter(({ id, slug: to }) => to && id !== viewer.id) ?? [];
  return (
    <Menu
      label={i18n.t("My menu")}
      button={{ icon: "person", iconOnly: true }}
      heading={viewer && <strong>{viewer.name}</strong>}
      items={[
        ...others.map(({ id, slug: to, contactName, companyName }) => ({
          // At the same publisher another company of one's own, else another publisher.
          label: i18n.t("Go to {company}", { company: (to === slug && contactName) || companyName }),
          onChoose: () => void change(id, to ?? slug),
        })),
        ...locales.map((other) => ({
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
