import { useKeys } from "@atrio/kit/keys";
import { Icon, KeyOverlay, Palette, SkipLink, setTheme, type ThemeChoice, ToastPlace } from "@atrio/kit/ui";
import { isLocale, speak, useWords } from "@atrio/kit/words";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { Brand } from "./Brand";
import { loadCatalog } from "./catalog";
import styles from "./Frame.module.css";
import { OwnFiles } from "./files";
import { OwnMenu } from "./OwnMenu";
import { useSections } from "./sections";
import { useBranding, useOwnAddress, useOwnCompany, useViewer } from "./viewer";

/** The firm's logo, the contact's own company, the places; the rest is the screen. */
export function Frame() {
  const i18n = useWords();
  const { slug } = useBranding();
  const viewer = useViewer();
  const company = useOwnCompany();
  const isHere = useOwnAddress();
  const sections = useSections(slug);
  const navigate = useNavigate();
  useEffect(() => {
    if (!viewer) return;
    if (isLocale(viewer.locale)) void speak(viewer.locale, loadCatalog);
    setTheme(viewer.theme as ThemeChoice);
  }, [viewer]);
  const group = i18n.t("Go to");
  useKeys(sections.map(({ label, to, id }) => ({ keys: `g ${id[0]}`, label, group, run: () => void navigate({ to }) })));
  if (!isHere) return null;
  return (
    <div className={styles.frame}>
      <SkipLink />
      <header className={styles.top}>
        <Brand />
        <strong className={styles.company}>{company}</strong>
        <OwnFiles />
        <OwnMenu />
      </header>
      <nav className={styles.bar} aria-label={i18n.t("Sections")}>
        <ul>
          {sections.map(({ id, label, icon, to }) => (
            <li key={id}>
              <Link
                to={to}
                className={styles.section}
                activeOptions={{ exact: id === "home", includeSearch: false }}
                activeProps={{ "aria-current": "page" }}
              >
                <Icon name={icon} size={20} />
                <span>{label}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <main id="main" className={styles.main} tabIndex={-1}>
        <Outlet />
      </main>
      <ToastPlace />
      <KeyOverlay />
      <Palette />
    </div>
  );
}
