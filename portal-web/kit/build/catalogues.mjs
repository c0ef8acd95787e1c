/** How the words of a language are written into a file of the build. */

/**
 * Texts in one column, translations in another: like stands beside like, which packs smaller than pairs do. Those with
 * values in them stay as they are.
 *
 * @param {Record<string, unknown[]>} messages as compiled
 * @returns {string} a module that exports the same `messages`
 */
export function packed(messages) {
  const isPlain = ([text, said]) => said.length === 1 && isLine(text) && isLine(said[0]);
  const plain = Object.entries(messages).filter(isPlain);
  const others = Object.entries(messages).filter((one) => !isPlain(one));
  const column = (at) => `${JSON.stringify(plain.map((one) => one[at]).join("\n"))}.split("\\n")`;
  return `const texts = ${column(0)}, said = ${column(1)};
export const messages = Object.assign(
  JSON.parse(${JSON.stringify(JSON.stringify(Object.fromEntries(others)))}),
  ${plain.length > 0 ? "Object.fromEntries(texts.map((text, at) => [text, [said[at]]]))" : "{}"},
);`;
}

const isLine = (one) => typeof one === "string" && /^[^\n]+$/.test(one);
