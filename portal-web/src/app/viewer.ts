import { useRead } from "@atrio/kit/graphql";
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

/** Name, logo and colour of the publisher; the colour becomes the brand of the page. */
export function useBranding() {
  const { slug = "" } = useParams({ strict: false });
  const reading = useRead(PublisherBranding, { slug }, slug === "");
  const color = reading.data?.publisherBranding?.primaryColor;
  useEffect(() => {
    // Through the CSS object model: the page's policy allows no inline style in HTML.
    if (color && CSS.supports("color", color)) document.documentElement.style.setProperty("--brand-raw", color);
  }, [color]);
  return { ...reading, slug, branding: reading.data?.publisherBranding };
}
