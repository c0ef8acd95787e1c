/** A catalogue is compiled by the Vite plugin when it is imported. */
declare module "*.po" {
  import type { Messages } from "@lingui/core";

  export const messages: Messages;
}
