import type { IconName } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";

export interface Section {
  id: string;
  label: string;
  icon: IconName;
  to: string;
}

/** The portal's places, in the bar at the top or, on phones, at the bottom. */
export function useSections(slug: string): readonly Section[] {
  const i18n = useWords();
  return [
    { id: "home", label: i18n.t("Home"), icon: "home", to: `/${slug}` },
    { id: "documents", label: i18n.t("Documents"), icon: "document", to: `/${slug}/documents` },
    { id: "profile", label: i18n.t("My data"), icon: "person", to: `/${slug}/profile` },
    { id: "settings", label: i18n.t("Settings"), icon: "settings", to: `/${slug}/settings` },
  ];
}
