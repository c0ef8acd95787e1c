/** Made by the kit's build (`build/words.mjs`): an import per area and language. */
declare module "atrio:words" {
  import type { Locale } from "@atrio/kit/words";
  import type { Messages } from "@lingui/core";

  type Catalogs = Record<Locale, () => Promise<{ messages: Messages }>>;

  export const catalogs: { [area: string]: Catalogs | undefined; shared: Catalogs };
}
