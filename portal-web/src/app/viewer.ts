import { switchMembership, useRead } from "@atrio/kit/graphql";
import { isLocale, LOCALES, type Locale } from "@atrio/kit/words";
import { useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { PublisherBranding, Viewer } from "../gql/operations";

/** The signed-in contact; undefined until the first answer. */
export function useViewer() {
  return useRead(Viewer, {}).data?.viewer;
}

/** The contact's own company: the membership they act under. */
export function useOwnCompany(): string | undefined {
  const viewer = useViewer();
  return viewer && (viewer.memberships.find(({ id }) => id === viewer.id)?.contactName ?? viewer.name);
}

/**
 * Whether the address is that of the portal one acts in. If not, this goes to one's place there, or back to where one
 * is: a publisher's papers never stand under another's name.
 */
export function useOwnAddress(): boolean {
  const viewer = useViewer();
  const { slug } = useBranding();
  const here = viewer?.memberships.find(({ id }) => id === viewer.id)?.slug ?? slug;
  const there = here === slug ? undefined : viewer?.memberships.find((place) => place.slug === slug)?.id;
  useEffect(() => {
    if (here === slug) return;
    const back = () => window.location.replace(`/portal/${here}`);
    if (!there) back();
    else void switchMembership(there).then((failed) => (failed ? back() : window.location.reload()));
  }, [here, slug, there]);
  return here === slug;
}

/** Name, logo, colour and languages of the publisher; the colour becomes the brand of the page. */
export function useBranding() {
  const { slug = "" } = useParams({ strict: false });
  const reading = useRead(PublisherBranding, { slug }, slug === "");
  const color = reading.data?.publisherBranding?.primaryColor;
  useEffect(() => {
    // Through the CSS object model: the page's policy allows no inline style in HTML.
    if (color && CSS.supports("color", color)) document.documentElement.style.setProperty("--brand-raw", color);
  }, [color]);
  const branding = reading.data?.publisherBranding;
  const spoken = branding?.locales.filter(isLocale) ?? [];
  const locales: readonly Locale[] = spoken.length > 0 ? spoken : LOCALES;
  return { ...reading, slug, branding, locales };
}
