import { useRead, useWrite } from "@atrio/kit/graphql";
import { useKeys } from "@atrio/kit/keys";
import { Button, Dialog, Field, Menu, sayDone, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { useRouter } from "@tanstack/react-router";
import { type FormEvent, useId, useState } from "react";
import { DeleteView, SavedViews as Query, SaveView } from "../../gql/operations";

interface SavedViewsProps<Search extends object> {
  /** Name of the list for the gateway, the same in every client's books: "documents/sales". */
  listName: string;
  /** The address as it is now. Leave out what belongs to one client only, such as a contact. */
  search: Search;
  /** Goes to the list as it was kept; the values pass the route's own `validateSearch`. */
  onChoose: (search: Search) => void;
}

/** A person's own names for addresses of this list: choose, keep, forget. */
export function SavedViews<Search extends object>({ listName, search, onChoose }: SavedViewsProps<Search>) {
  const i18n = useWords();
  const router = useRouter();
  const views = useRead(Query, { listName });
  const [remove] = useWrite(DeleteView);
  const [save] = useWrite(SaveView);
  const [naming, setNaming] = useState(false);
  const known = views.data?.savedViews ?? [];
  const here = router.options.stringifySearch(search);
  const current = known.find((view) => view.search === here);
  const keep = async (name: string) => {
    const { data, failure } = await save({ input: { listName, name, search: here } });
    const refused = failure?.message ?? data?.saveView.refusals[0]?.message;
    if (refused === undefined) views.reload();
    return refused;
  };
  const forget = async ({ id, name, search: kept }: { id: string; name: string; search: string }) => {
    const { data, failure } = await remove({ id });
    const refused = failure?.message ?? data?.deleteView.refusals[0]?.message;
    views.reload();
    if (refused !== undefined) return void sayDone({ text: refused, tone: "bad" });
    const undo = async () => {
      await save({ input: { listName, name, search: kept } });
      views.reload();
    };
    sayDone({ text: i18n.t("View “{name}” deleted.", { name }), undo });
  };
  useKeys([{ keys: "Shift+S", label: i18n.t("Keep this view"), group: i18n.t("List"), run: () => setNaming(true) }]);
  return (
    <>
      <Menu
        label={current?.name ?? i18n.t("Views")}
        button={{ icon: "down" }}
        items={[
          ...known.map((view) => ({
            label: view.name,
            chosen: view === current,
            onChoose: () => onChoose(router.options.parseSearch(view.search) as Search),
          })),
          {
            label: i18n.t("Keep this view…"),
            icon: "plus" as const,
            hint: "Shift S",
            begins: known.length > 0,
            onChoose: () => setNaming(true),
          },
          ...(current
            ? [
                {
                  label: i18n.t("Delete “{name}”", { name: current.name }),
                  icon: "close" as const,
                  onChoose: () => void forget(current),
                },
              ]
            : []),
        ]}
      />
      {naming && <NameDialog name={current?.name ?? ""} onSave={keep} onClose={() => setNaming(false)} />}
    </>
  );
}

interface NameDialogProps {
  name: string;
  /** Resolves to why it was not kept, or nothing. */
  onSave: (name: string) => Promise<string | undefined>;
  onClose: () => void;
}

function NameDialog({ name: given, onSave, onClose }: NameDialogProps) {
  const i18n = useWords();
  const form = useId();
  const [name, setName] = useState(given);
  const [refused, setRefused] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const problem = await onSave(name);
    setRefused(problem);
    if (problem === undefined) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width="narrow"
      title={i18n.t("Keep this view")}
      actions={
        <>
          <Button onClick={onClose}>{i18n.t("Cancel")}</Button>
          <Button kind="primary" type="submit" form={form}>
            {i18n.t("Keep")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void submit(event)}>
        <Field
          label={i18n.t("Name")}
          help={i18n.t("Filters and order of this list, for you alone. A known name takes the new filters.")}
          error={refused}
        >
          {(ids) => (
            <TextInput
              {...ids}
              data-autofocus
              required
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
