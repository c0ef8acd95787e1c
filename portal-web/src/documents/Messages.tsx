import { useFormats } from "@atrio/kit/format";
import { newRequestKey, useWrite } from "@atrio/kit/graphql";
import { Button, Field, sayDone, TextArea } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { AddComment } from "../gql/operations";
import type { OneDocument } from "./Document";
import styles from "./Messages.module.css";

const LENGTH_MAX = 4000;

interface MessagesProps {
  documentId: string;
  messages: NonNullable<OneDocument["messages"]>;
}

/** What both sides wrote about the document, oldest first, and the box to answer in. */
export function Messages({ documentId, messages }: MessagesProps) {
  const i18n = useWords();
  const f = useFormats();
  return (
    <section className={styles.messages} aria-labelledby="messages">
      <h2 id="messages">{i18n.t("Messages")}</h2>
      {messages.length === 0 && (
        <p className={styles.quiet}>{i18n.t("Nobody has written yet. A question about this document is best asked here.")}</p>
      )}
      <ol className={styles.thread}>
        {messages.map(({ id, text, authorName, byIssuer, createdAt }) => (
          <li key={id} className={styles.message} data-own={!byIssuer}>
            <p className={styles.by}>
              <strong>{authorName}</strong> <time dateTime={createdAt}>{f.instant(createdAt)}</time>
            </p>
            <p className={styles.text}>{text}</p>
          </li>
        ))}
      </ol>
      <CommentBox key={documentId} documentId={documentId} />
    </section>
  );
}

/** One text is one comment however often it is sent: the key is kept until it arrived or was changed. */
function CommentBox({ documentId }: { documentId: string }) {
  const i18n = useWords();
  const [add, sending] = useWrite(AddComment);
  const [text, setText] = useState("");
  const [error, setError] = useState<string>();
  const key = useRef<string>(undefined);
  const change = (changed: string) => {
    setText(changed);
    setError(undefined);
    key.current = undefined;
  };
  const send = async () => {
    const said = text.trim();
    if (sending) return;
    if (said === "") return setError(i18n.t("Write something first."));
    key.current ??= newRequestKey();
    const { data, failure, denials } = await add({ documentId, text: said, requestKey: key.current });
    const refused = data?.addComment.refusals[0]?.message ?? denials.at("addComment")?.message;
    if (data && !refused) {
      change("");
      sayDone({ text: i18n.t("Your message was sent.") });
    } else {
      const offline = i18n.t("The server cannot be reached. Your text is kept; try again in a moment.");
      setError(refused ?? (failure?.offline ? offline : (failure?.message ?? i18n.t("It could not be sent."))));
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  };
  return (
    <form className={styles.box} onSubmit={submit}>
      <Field label={i18n.t("Your message")} error={error}>
        {(ids) => (
          <TextArea
            {...ids}
            value={text}
            maxLength={LENGTH_MAX}
            onChange={(event) => change(event.target.value)}
            onKeyDown={onKeyDown}
          />
        )}
      </Field>
      <Button type="submit" icon="message" busy={sending} hint="Ctrl Enter">
        {i18n.t("Send")}
      </Button>
    </form>
  );
}
