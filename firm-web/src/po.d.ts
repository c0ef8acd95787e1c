/** A catalogue is compiled by the Vite plugin when it is imported. */
declare module "*.po" {
  import type { Messages } from "@lingui/core";

  export const messages: Messages;
}

/** Made by the kit's build: an import per area and language. */
declare module "atrio:words" {
  import type { Locale } from "@atrio/kit/words";
  import type { Messages } from "@lingui/core";

  export const catalogs: Record<string, Record<Locale, () => Promise<{ messages: Messages }>> | undefined>;
}
