import { act, render } from "@testing-library/react";
import { useMemo } from "react";
import { describe, expect, it } from "vitest";
import { learn, speak, useWords, WordsProvider } from "./WordsProvider";

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

describe("learn", () => {
  const AREAS = { en: { Reverse: "Reverse" }, es: { Reverse: "Revertir" } };
  const both = async (locale: string, area?: string) => ({
    messages: (area === "journal" ? AREAS : CATALOGS)[locale as keyof typeof CATALOGS],
  });

  it("adds the words of an area, which follow the language from then on", async () => {
    await speak("en", both);
    const { container } = render(<Saying />, { wrapper: WordsProvider });

    await act(() => learn("journal", both));
    await act(() => speak("es", both));

    expect(container.textContent).toBe("Contabilizado, Revertir");
  });

  it("waits for the language that is being switched to", async () => {
    await speak("en", both);
    const { container } = render(<Saying />, { wrapper: WordsProvider });

    void speak("es", both);
    await act(() => learn("journal", both));

    expect(container.textContent).toBe("Contabilizado, Revertir");
  });
});

function Saying() {
  const i18n = useWords();
  return <p>{`${i18n.t("Posted")}, ${i18n.t("Reverse")}`}</p>;
}
