import { expect, it } from "vitest";
import { packed } from "./catalogues.mjs";

async function unpacked(messages: Record<string, unknown[]>): Promise<unknown> {
  const module = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(packed(messages))}`);
  return module.messages;
}

it("gives back every kind of words as they were", async () => {
  const messages = {
    Save: ["Desa"],
    'Say "yes"': ["Digues `sí`, $" + "{ara}"],
    "Two\nlines": ["Dues\nlínies"],
    Nothing: [""],
    "{count} signs": [["count"], " caràcters"],
    "{count, plural, other {# days}}": [["count", "plural", { one: ["#", " dia"], other: ["#", " dies"] }]],
  };

  expect(await unpacked(messages)).toEqual(messages);
  expect(await unpacked({})).toEqual({});
});
