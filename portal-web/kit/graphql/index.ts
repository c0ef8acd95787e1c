export type { Client } from "@urql/core";
export { Provider as NetworkProvider, useClient } from "urql";
export { createNetwork } from "./client";
export { type Denial, Denials, type Failure, failureOf } from "./denied";
export { newRequestKey, type Reading, startRead, useRead, useWrite, type Written } from "./operations";
export {
  askForPassword,
  choosePassword,
  signIn,
  signOut,
  switchMembership,
  type Uploaded,
  type UploadPurpose,
  upload,
} from "./session";
export { type Stub, stub } from "./stub";
export { type Surface, setSurface, whenSignedOut } from "./surface";
export { type Pages, usePages } from "./usePages";
