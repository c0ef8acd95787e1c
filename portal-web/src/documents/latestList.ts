import type { DocumentsSearch } from "./search";

let latest: { slug: string; search: DocumentsSearch } | undefined;

/** Notes the list a person looks at, so that the way back from a document leads to the same filter and page. */
export function noteList(slug: string, search: DocumentsSearch): void {
  latest = { slug, search };
}

export function latestList(slug: string): DocumentsSearch {
  return latest?.slug === slug ? latest.search : {};
}
