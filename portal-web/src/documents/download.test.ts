import { afterEach, describe, expect, it, vi } from "vitest";
import { DownloadFailed, download, filenameOf } from "./download";

const PDF = "%PDF-1.7 whatever";
const served = (headers = {}) =>
  new Response(PDF, { headers: { "content-type": "application/pdf", "content-length": String(PDF.length), ...headers } });
const expired = () => Response.json({ code: "LINK_EXPIRED", message: "over", requestId: "r-1" }, { status: 400 });

/** Stands for the network: gives the answers in order and keeps what was asked. */
function network(...answers: (() => Response)[]) {
  const asked = vi.fn(async (url: string, _options: RequestInit) => {
    const answer = answers.shift();
    if (!answer) throw new TypeError(`not served: ${url}`);
    return answer();
  });
  vi.stubGlobal("fetch", asked);
  return asked;
}

const nothing = () => undefined;
const never = async () => {
  throw new Error("no new link was needed");
};

afterEach(() => vi.unstubAllGlobals());

describe("download", () => {
  it("fetches a good link to its end and tells how far it is", async () => {
    network(() => served({ "content-disposition": "inline; filename=\"F.pdf\"; filename*=UTF-8''Factura%20F26-1.pdf" }));
    const parts: (number | undefined)[] = [];
    const { filename, content } = await download("/files/a", never, (part) => parts.push(part));
    expect(filename).toBe("Factura F26-1.pdf");
    expect(await content.text()).toBe(PDF);
    expect(parts[0]).toBeUndefined();
    expect(parts.at(-1)).toBe(1);
  });

  it("asks for a new link when the time of the old one is over", async () => {
    const asked = network(expired, served);
    await download("/files/old", async () => "/files/new", nothing);
    expect(asked.mock.calls.map(([url]) => url)).toEqual(["/files/old", "/files/new"]);
  });

  it("asks once only", async () => {
    network(expired, expired);
    const tried = download("/files/old", async () => "/files/new", nothing);
    await expect(tried).rejects.toMatchObject({ code: "LINK_EXPIRED", message: "over", requestId: "r-1", offline: false });
  });

  it("asks for a link where there is none, and says so if there is no such document", async () => {
    const asked = network(served);
    await download(null, async () => "/files/new", nothing);
    expect(asked).toHaveBeenCalledOnce();
    await expect(download(undefined, async () => null, nothing)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("does not try again what was refused for another reason", async () => {
    network(() => Response.json({ code: "NOT_FOUND", message: "There is no such file." }, { status: 404 }));
    await expect(download("/files/a", never, nothing)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("knows a network that is gone from a refusal", async () => {
    network();
    const tried = download("/files/a", never, nothing);
    await expect(tried).rejects.toBeInstanceOf(DownloadFailed);
    await expect(tried).rejects.toMatchObject({ offline: true });
  });

  it("rejects with the signal's reason when the person stops it", async () => {
    const abort = new AbortController();
    network(() => {
      abort.abort("stopped");
      throw new DOMException("aborted", "AbortError");
    });
    await expect(download("/files/a", never, nothing, abort.signal)).rejects.toBe("stopped");
  });
});

describe("filenameOf", () => {
  it("prefers the encoded name, takes the plain one, and has one of its own", () => {
    expect(filenameOf("attachment; filename=\"A_ba.pdf\"; filename*=UTF-8''Albar%C3%A0.pdf")).toBe("Albarà.pdf");
    expect(filenameOf('attachment; filename="F 1.pdf"')).toBe("F 1.pdf");
    expect(filenameOf("attachment; filename=f1.pdf")).toBe("f1.pdf");
    expect(filenameOf(null)).toBe("document.pdf");
  });
});
