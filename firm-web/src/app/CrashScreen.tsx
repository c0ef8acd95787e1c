import { ErrorState } from "@atrio/kit/ui";
import { useWords } from "@atrio/kit/words";
import type { ErrorComponentProps } from "@tanstack/react-router";

/** A screen that broke, or whose code could not be fetched. The rest of the app stands. */
export function CrashScreen({ error, reset }: ErrorComponentProps) {
  const i18n = useWords();
  return (
    <ErrorState
      title={i18n.t("This screen stopped working.")}
      failure={{ message: error instanceof Error ? error.message : String(error), offline: false }}
      onRetry={reset}
    />
  );
}
