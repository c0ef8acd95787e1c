import { Button, Dialog } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useBlocker } from "@tanstack/react-router";

/** Asks before unsaved changes are left, inside the app and when the page is closed. */
export function LeaveGuard({ dirty }: { dirty: () => boolean }) {
  const i18n = useWords();
  const blocker = useBlocker({ shouldBlockFn: dirty, enableBeforeUnload: dirty, withResolver: true });
  if (blocker.status !== "blocked") return null;
  return (
    <Dialog
      open
      width="narrow"
      onClose={blocker.reset}
      title={i18n.t("Leave without saving?")}
      actions={
        <>
          <Button kind="danger" onClick={blocker.proceed}>
            {i18n.t("Leave")}
          </Button>
          <Button kind="primary" data-autofocus onClick={blocker.reset}>
            {i18n.t("Stay")}
          </Button>
        </>
      }
    >
      <p>{i18n.t("What you changed here is not kept yet.")}</p>
    </Dialog>
  );
}
