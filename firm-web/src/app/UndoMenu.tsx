import { Menu, sayDone, undoDone, useUndoHistory } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";

/** What can still be taken back, newest first; the keys U and Ctrl+Z take the first. */
export function UndoMenu() {
  const i18n = useWords();
  const history = useUndoHistory();
  const failed = () => sayDone({ text: i18n.t("It could not be taken back."), tone: "bad" });
  if (history.length === 0) return null;
  const items = [...history].reverse().map((done) => ({
    label: done.text,
    icon: "undo" as const,
    onChoose: () => void undoDone(done).catch(failed),
  }));
  return <Menu label={i18n.t("Undo history")} button={{ icon: "undo", iconOnly: true }} items={items} />;
}
