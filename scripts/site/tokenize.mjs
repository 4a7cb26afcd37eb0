/**
 * Cuts a text into what the search looks for: words, and of Chinese, which has no spaces, each two characters that stand
 * side by side. A dictionary would not do: the index is made by one engine and asked by others, and they cut
 * differently.
 *
 * It is sent to the page as text, so it uses nothing from outside itself.
 */
export function tokenize(text) {
  const pieces = text.match(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu) ?? [];
  return pieces.flatMap((piece) => {
    if (!/^\p{Script=Han}{3,}$/u.test(piece)) return [piece];
    const characters = Array.from(piece);
    return characters.slice(1).map((character, at) => characters[at] + character);
  });
}
