/** Fetching a signed link to its last byte. The gateway marks a document read when that byte is on its way. */

export interface Fetched {
  filename: string;
  content: Blob;
}

/** A download that was refused or broke. `code` is the gateway's; empty when it never answered. */
export class DownloadFailed extends Error {
  readonly code: string;
  readonly requestId: string | undefined;

  constructor(message: string, code = "", requestId?: string) {
    super(message);
    this.code = code;
    this.requestId = requestId;
  }

  get offline(): boolean {
    return this.code === "";
  }
}

/** Asks for a link signed just now; undefined where there is no such document (any more). */
export type Renew = () => Promise<string | null | undefined>;

/**
 * Fetches `url`; where there is none, or its ten minutes are over, one that `renew` gives. `onProgress`
 * gets 0 to 1, or nothing while the length is unknown. Rejects with DownloadFailed, or with the signal's reason.
 */
export async function download(
  url: string | null | undefined,
  renew: Renew,
  onProgress: (part: number | undefined) => void,
  signal?: AbortSignal,
): Promise<Fetched> {
  if (url) {
    try {
      return await fetchFile(url, onProgress, signal);
    } catch (error) {
      if (!(error instanceof DownloadFailed) || error.code !== "LINK_EXPIRED") throw error;
    }
  }
  const fresh = await renew();
  if (!fresh) throw new DownloadFailed("", "NOT_FOUND");
  return fetchFile(fresh, onProgress, signal);
}

async function fetchFile(url: string, onProgress: (part: number | undefined) => void, signal?: AbortSignal): Promise<Fetched> {
  onProgress(undefined);
  let response: Response;
  try {
    response = await fetch(url, { credentials: "same-origin", signal });
  } catch (error) {
    throw brokenBy(error, signal);
  }
  if (!response.ok) throw await refusalOf(response);
  const length = Number(response.headers.get("content-length")) || undefined;
  const pieces: BlobPart[] = [];
  let received = 0;
  try {
    for await (const piece of piecesOf(response)) {
      pieces.push(piece);
      received += piece.length;
      onProgress(length && Math.min(1, received / length));
    }
  } catch (error) {
    throw brokenBy(error, signal);
  }
  const type = response.headers.get("content-type") ?? "application/octet-stream";
  return { filename: filenameOf(response.headers.get("content-disposition")), content: new Blob(pieces, { type }) };
}

/** Streams are not iterable in every browser of today. */
async function* piecesOf(response: Response): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  if (!reader) return;
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
}

function brokenBy(error: unknown, signal?: AbortSignal): unknown {
  return signal?.aborted ? signal.reason : new DownloadFailed(String(error));
}

async function refusalOf(response: Response): Promise<DownloadFailed> {
  const said = (await response.json().catch(() => ({}))) as { code?: string; message?: string; requestId?: string };
  return new DownloadFailed(said.message ?? response.statusText, said.code ?? String(response.status), said.requestId);
}

/** The name in a Content-Disposition (RFC 6266): the encoded one before the plain one. */
export function filenameOf(disposition: string | null): string {
  const encoded = /filename\*=utf-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  if (encoded) return decodeURIComponent(encoded.trim());
  const plain = /filename="((?:[^"\\]|\\.)*)"|filename=([^;\s]+)/i.exec(disposition ?? "");
  return plain?.[1]?.replaceAll(/\\(.)/g, "$1") ?? plain?.[2] ?? "document.pdf";
}

/** Hands a fetched file to the browser's own downloads. */
export function save({ filename, content }: Fetched): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = filename;
  link.click();
  // The browser takes the file after this turn; the address must live until then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
