import { describe, expect, it } from "vitest";
import { areasOfWords } from "./words.mjs";

const said = (...files: string[]) => ({ origin: files.map((file): [string, number] => [`firm-web/src/${file}`, 1]) });

describe("areasOfWords", () => {
  it("gives a word to the one area that says it, and shares what the frame or two areas say", () => {
    const collected = {
      "Reverse this entry": said("journal/Entry.tsx"),
      "Close the year": said("journal/closing/YearEnd.tsx", "journal/Journal.tsx"),
      Amount: said("journal/Entry.tsx", "bank/Bank.tsx"),
      "Sign out": said("app/OwnMenu.tsx"),
      Period: said("journal/filters.tsx", "app/list/PeriodFields.tsx"),
    };

    const areas = areasOfWords(collected, "firm-web/src", 2);

    expect([...areas]).toEqual([
      ["Reverse this entry", "journal"],
      ["Close the year", "journal"],
    ]);
  });

  it("shares the words of an area with few of them", () => {
    const collected = { "Forgotten?": said("sign-in/SignIn.tsx"), Post: said("journal/a.tsx"), Lock: said("journal/b.tsx") };

    expect([...areasOfWords(collected, "firm-web/src", 2).values()]).toEqual(["journal", "journal"]);
  });
});
