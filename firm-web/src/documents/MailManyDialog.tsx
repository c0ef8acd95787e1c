import { newRequestKey } from "@atrio/kit/graphql";
import { Button, Checkbox, Dialog } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useState } from "react";
import styles from "./Documents.module.css";

interface MailManyDialogProps {
  count: number;
  busy: boolean;
  onClose: () => void;
  onSend: (how: { attachPdf: boolean; requestKey: string }) => void;
}

/** Asks once before many documents go by mail, because mails do not come back. */
export function MailManyDialog({ count, busy, onClose, onSend }: MailManyDialogProps) {
  const i18n = useWords();
  const [attachPdf, setAttachPdf] = useState(true);
  const [requestKey] = useState(newRequestKey);
  return (
    <Dialog
      open
      onClose={onClose}
      width="narrow"
      title={i18n.t("{count, plural, one {Mail # document?} other {Mail # documents?}}", { count })}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" busy={busy} onClick={() => onSend({ attachPdf, requestKey })}>
            {i18n.t("Send the mails")}
          </Button>
        </>
      }
    >
      <p>
        {i18n.t(
          "Each goes to its contact in its language. What has no address or was sent before is left out and named afterwards.",
        )}
      </p>
      <div>
        <Checkbox label={i18n.t("Attach the PDF")} checked={attachPdf} onChange={(event) => setAttachPdf(event.target.checked)} />
        <p className={styles.quiet}>
          {attachPdf
            ? i18n.t("With the PDF nobody learns whether it was read.")
            : i18n.t("The mail leads into the portal, where the first download is noted.")}
        </p>
      </div>
    </Dialog>
  );
}
