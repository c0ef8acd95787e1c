import { type Command, useKeys } from "@atrio/kit/keys";
import { Button, KeyOverlay, NotFound, Palette, SkipLink, setTheme, type ThemeChoice, ToastPlace, useMedia } from "@atrio/kit/ui";
import { isLocale, speak, useWords } from "@atrio/kit/words";
import { Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { ClientSwitcher } from "./ClientSwitcher";
import { loadCatalog } from "./catalog";
import styles from "./Frame.module.css";
import { OwnFiles } from "./files";
import { OwnMenu } from "./OwnMenu";
import { PhoneBar } from "./PhoneBar";
import { SectionList } from "./SectionList";
import { type Section, useClientSections, useFirmSections } from "./sections";
import { UndoMenu } from "./UndoMenu";
import { useClientSearch } from "./useClientSearch";
import { useClientFrame, useOwnCompany, useViewer } from "./viewer";

/** Bar, top line and the place of the screen. Knows who is signed in and whose books are open. */
export function Frame() {
  const i18n = useWords();
  const { clientId } = useParams({ strict: false });
  const viewer = useViewer();
  const own = useOwnCompany();
  const client = useClientFrame(own ? undefined : clientId);
  const search = useClientSearch();
  useEffect(() => {
    if (!viewer) return;
    if (isLocale(viewer.locale)) void speak(viewer.locale, loadCatalog);
    setTheme(viewer.theme as ThemeChoice);
    document.documentElement.dataset.density = viewer.density;
  }, [viewer]);
  const lost = own ? clientId !== undefined && clientId !== own.id : client.data && client.data.client === null;
  return (
    <div className={styles.frame} data-client={clientId ? true : undefined}>
      <SkipLink />
      <Bar clientId={clientId} />
      <header className={styles.top}>
        {clientId && !own ? (
          <>
            <ClientSwitcher key={clientId} clientId={clientId} />
            <LeaveWorkspace />
          </>
        ) : (
          <span className={styles.firm}>{viewer?.companyName}</span>
        )}
        <div className={styles.own}>
          <OwnFiles />
          <UndoMenu />
          <OwnMenu />
        </div>
      </header>
      <main id="main" className={styles.main} tabIndex={-1} aria-label={i18n.t("Screen")}>
        {lost ? <NotFound /> : <Outlet />}
      </main>
      <ToastPlace />
      <KeyOverlay />
      <Palette search={search} />
    </div>
  );
}

/** The way back from a client's books to the portfolio. */
function LeaveWorkspace() {
  const i18n = useWords();
  const navigate = useNavigate();
  return (
    <Button kind="bare" icon="close" className={styles.leave} onClick={() => void navigate({ to: "/clients" })}>
      {i18n.t("Leave workspace")}
    </Button>
  );
}

function Bar({ clientId }: { clientId: string | undefined }) {
  const i18n = useWords();
  const firm = useFirmSections();
  const inside = useClientSections(clientId ?? "");
  const navigate = useNavigate();
  const own = useOwnCompany();
  const group = i18n.t("Go to");
  const go = ({ label, to, key }: Section): Command => ({ keys: `g ${key}`, label, group, run: () => void navigate({ to }) });
  const up = () => {
    if (!clientId) return void navigate({ to: "/clients" });
    const deeper = window.location.pathname.split("/").length > 4;
    // Above the books of one's own company there is nothing of the firm's.
    void navigate({ to: deeper || own ? `/c/${clientId}` : `/clients/${clientId}` });
  };
  useKeys([
    ...firm.map(go),
    ...(clientId ? inside.map(go) : []),
    { keys: "Backspace", label: i18n.t("Up one level"), group, run: up },
  ]);
  const phone = useMedia("(max-width: 719px)");
  if (phone) return <PhoneBar firm={firm} inside={clientId ? inside : []} clientId={clientId} />;
  return (
    <nav className={styles.bar} aria-label={i18n.t("Sections")}>
      <span className={styles.mark} aria-hidden="true">
        Atrio
      </span>
      <SectionList sections={firm} />
      {clientId && <SectionList sections={inside} clientId={clientId} />}
    </nav>
  );
}
