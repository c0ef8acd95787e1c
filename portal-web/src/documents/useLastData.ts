import type { Reading } from "@atrio/kit/graphql";
import { useRef } from "react";

/** The answer, or while another page, order or search is on its way the one before: lists do not blink. */
export function useLastData<Data>({ data, loading }: Reading<Data>): Data | undefined {
  const last = useRef(data);
  if (data !== undefined || !loading) last.current = data;
  return last.current;
}
