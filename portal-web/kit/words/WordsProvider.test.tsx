import { act, render } from "@testing-library/react";
import { useMemo } from "react";
import { describe, expect, it } from "vitest";
import { speak, useWords, WordsProvider } from "./WordsProvider";

const CATALOGS = { en: { Posted: "Posted" }, es: { Posted: "Contabilizado" } };

function Remembering() {
  const i18n = useWords();
  return <p>{useMemo(() => i18n.t("Posted"), [i18n])}</p>;
}

describe("useWords", () => {
  it("lets what is memoised on it follow the language", async () => {
    const own = async (locale: string) => ({ messages: CATALOGS[locale as keyof typeof CATALOGS] });
    await speak("en", own);
    const { container } = render(<Remembering />, { wrapper: WordsProvider });
    expect(container.textContent).toBe("Posted");
    await act(() => speak("es", own));
    expect(container.textContent).toBe("Contabilizado");
  });
});
