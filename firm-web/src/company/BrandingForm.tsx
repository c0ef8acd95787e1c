import { type Failure, upload, useWrite } from "@atrio/kit/graphql";
import { Button, Field, sayDone, TextArea, TextInput } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import { type FormEvent, useId, useRef, useState } from "react";
import { useWriteAccess } from "../app/useWriteAccess";
import { SetBranding } from "../gql/operations";
import type { Company } from "./Company";
import styles from "./Company.module.css";
import { CONTRAST_LEAST, contrastWithWhite, isColor, slugOf } from "./look";

/** The logo as it will be: the kept one, another one that was uploaded, or none. */
type Logo = { how: "kept" } | { how: "new"; uploadId: string; url: string } | { how: "none" };

/** Logo, colour and foot of papers, and the portal's door. */
export function BrandingForm({ company, onDone }: { company: Company; onDone: () => void }) {
  const i18n = useWords();
  const id = useId();
  const noEdit = useWriteAccess(company.id, "PORTAL_PUBLICATION", "edit");
  const field = useRef<HTMLInputElement>(null);
  const [save, saving] = useWrite(SetBranding);
  const [sending, setSending] = useState(false);
  const [name, setName] = useState(company.displayName ?? company.name);
  const [slug, setSlug] = useState(company.slug ?? slugOf(company.name));
  const [color, setColor] = useState(company.primaryColor ?? "#1f5f4a");
  const [footer, setFooter] = useState(company.documentFooter ?? "");
  const [logo, setLogo] = useState<Logo>({ how: "kept" });
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const shown = logo.how === "new" ? logo.url : logo.how === "kept" ? company.logoUrl : null;
  const take = async (file: File | undefined) => {
    if (!file) return;
    setSending(true);
    try {
      const { uploadId } = await upload(file, "logo", company.id, () => undefined);
      setLogo({ how: "new", uploadId, url: URL.createObjectURL(file) });
      setRefused(new Map());
    } catch (error) {
      const { message, offline } = error as Failure;
      setRefused(new Map([["logo", offline ? i18n.t("The server cannot be reached.") : message]]));
    }
    setSending(false);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (saving || noEdit !== undefined) return;
    const { data, failure, denials } = await save({
      companyId: company.id,
      slug,
      displayName: name,
      primaryColor: color,
      documentFooter: footer,
      logoUploadId: logo.how === "new" ? logo.uploadId : null,
      removeLogo: logo.how === "none",
    });
    const problem = failure?.message ?? denials.at("setBranding")?.message;
    if (problem !== undefined) return setRefused(new Map([["", problem]]));
    const refusals = data?.setBranding?.refusals ?? [];
    // What the gateway says of the picture names no field of the form.
    const told = refusals.map(({ path, message, code }): [string, string] =>
      /IMAGE|FILE|RENDER/.test(code) ? ["logo", message] : [path.at(-1) ?? "", message],
    );
    setRefused(new Map(told));
    if (told.length > 0) return;
    setLogo({ how: "kept" });
    sayDone({ text: i18n.t("Look saved. Papers printed before stay as they are.") });
    onDone();
  };
  const pale = isColor(color) && contrastWithWhite(color) < CONTRAST_LEAST;
  return (
    <form className={styles.form} aria-labelledby={id} noValidate onSubmit={(event) => void submit(event)}>
      <h2 id={id}>{i18n.t("Look")}</h2>
      {refused.get("") && (
        <p role="alert" className={styles.refused}>
          {refused.get("")}
        </p>
      )}
      <div className={styles.logo}>
        {shown ? <img src={shown} alt={i18n.t("Logo")} /> : <span className={styles.quiet}>{i18n.t("No logo")}</span>}
        <Button icon="upload" denied={noEdit} busy={sending} onClick={() => field.current?.click()}>
          {i18n.t("Choose a logo")}
        </Button>
        {shown && (
          <Button kind="bare" icon="close" denied={noEdit} onClick={() => setLogo({ how: "none" })}>
            {i18n.t("Remove the logo")}
          </Button>
        )}
        <input
          ref={field}
          type="file"
          hidden
          accept="image/png,image/jpeg"
          aria-label={i18n.t("Logo")}
          onChange={(event) => {
            void take(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
      </div>
      <p className={styles.quiet}>{i18n.t("PNG or JPEG. It is drawn anew at the size that papers need.")}</p>
      {refused.get("logo") && (
        <p role="alert" className={styles.refused}>
          {refused.get("logo")}
        </p>
      )}
      <div className={styles.pair}>
        <Field label={i18n.t("Colour")} error={refused.get("primaryColor")}>
          {(ids) => (
            <div className={styles.color}>
              <input
                type="color"
                aria-label={i18n.t("Choose a colour")}
                disabled={noEdit !== undefined}
                value={isColor(color) ? color.toLowerCase() : "#1f5f4a"}
                onChange={(event) => setColor(event.target.value)}
              />
              <TextInput
                {...ids}
                maxLength={7}
                disabled={noEdit !== undefined}
                value={color}
                onChange={(event) => setColor(event.target.value)}
              />
            </div>
          )}
        </Field>
        <Field label={i18n.t("Name in the portal")} error={refused.get("displayName")}>
          {(ids) => (
            <TextInput
              {...ids}
              maxLength={80}
              disabled={noEdit !== undefined}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      </div>
      {pale && <p className={styles.warning}>{i18n.t("White letters are hard to read on this colour; choose a darker one.")}</p>}
      <Field label={i18n.t("Address of the portal")} help={`/portal/${slug}`} error={refused.get("slug")}>
        {(ids) => (
          <TextInput
            {...ids}
            maxLength={40}
            disabled={noEdit !== undefined}
            value={slug}
            onChange={(event) => setSlug(event.target.value)}
          />
        )}
      </Field>
      <Field
        label={i18n.t("Foot of papers")}
        help={i18n.t("Up to three lines, such as the entry in the trade register.")}
        error={refused.get("documentFooter")}
      >
        {(ids) => (
          <TextArea
            {...ids}
            rows={3}
            maxLength={422}
            disabled={noEdit !== undefined}
            value={footer}
            onChange={(event) => setFooter(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" denied={noEdit} busy={saving}>
        {i18n.t("Save")}
      </Button>
    </form>
  );
}
