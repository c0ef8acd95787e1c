import type { Failure } from "./denied";
import { csrfHeaders, type Surface } from "./surface";

interface Refused {
  code: string;
  message: string;
  requestId?: string;
}

async function post(address: string, body: unknown): Promise<Failure | undefined> {
  let response: Response;
  try {
    response = await fetch(address, {
      method: "POST",
      credentials: "same-origin",
      headers: csrfHeaders(),
      body: JSON.stringify(body),
    });
  } catch (error) {
    return { message: String(error), offline: true };
  }
  if (response.ok) return undefined;
  const refused = (await response.json().catch(() => ({}))) as Partial<Refused>;
  return { message: refused.message ?? response.statusText, requestId: refused.requestId, offline: false };
}

/** Resolves to the failure, or to nothing once the cookie is set. `slug` names the publisher a user code is of. */
export function signIn(surface: Surface, login: string, password: string, slug?: string): Promise<Failure | undefined> {
  return post("/sign-in", { surface, login, password, slug });
}

/** Has a link to choose a password mailed, if the login exists; nobody is told whether it does. */
export function askForPassword(surface: Surface, login: string, slug?: string): Promise<Failure | undefined> {
  return post("/sign-in/forgotten", { surface, login, slug });
}

/** Sets the password of whoever a mailed link was made for. */
export function choosePassword(token: string, password: string): Promise<Failure | undefined> {
  return post("/sign-in/password", { token, password });
}

export function signOut(): Promise<Failure | undefined> {
  return post("/sign-out", {});
}

/** Continues as another membership of the same person; reload the page afterwards. */
export function switchMembership(membershipId: string): Promise<Failure | undefined> {
  return post("/sign-in/switch", { membershipId });
}

export interface Uploaded {
  uploadId: string;
  sha256: string;
  size: number;
}

/** What a file is for: it decides who may send it. */
export type UploadPurpose = "inbox" | "statement" | "contacts" | "journal" | "sales" | "purchases" | "logo";

/**
 * Sends one file as it is. `onProgress` gets 0 to 1; `signal` cancels. XMLHttpRequest, because fetch
 * does not tell how much was sent. Rejects with a `Failure`.
 */
export function upload(
  file: File,
  purpose: UploadPurpose,
  companyId: string,
  onProgress: (part: number) => void,
  signal?: AbortSignal,
): Promise<Uploaded> {
  const address = `/uploads?${new URLSearchParams({ companyId, purpose, filename: file.name })}`;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (failure: Failure) => reject(failure);
    request.open("POST", address);
    for (const [name, value] of Object.entries(csrfHeaders())) request.setRequestHeader(name, value);
    request.setRequestHeader("content-type", file.type || "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onerror = () => fail({ message: "", offline: true });
    request.onabort = () => fail({ message: "", offline: false });
    request.onload = () => {
      if (request.status === 200) resolve(request.response as Uploaded);
      else {
        const refused = (request.response ?? {}) as Partial<Refused>;
        fail({ message: refused.message ?? request.statusText, requestId: refused.requestId, offline: false });
      }
    };
    signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
