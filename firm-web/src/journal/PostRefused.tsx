import { Button, Dialog } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import styles from "./Journal.module.css";

/** Why drafts were not posted. */
export function PostRefused({ messages, onClose }: { messages: readonly string[]; onClose: () => void }) {
  const i18n = useWords();
  return (
    <Dialog
      open
      onClose={onClose}
      title={i18n.t("Not everything was posted")}
      actions={
        <Button kind="primary" data-autofocus onClick={onClose}>
          {i18n.t("Close")}
        </Button>
      }
    >
      <ul className={styles.messages}>
        {messages.map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </Dialog>
  );
}
