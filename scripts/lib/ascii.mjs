// Bytes as printable ASCII, in a form that compresses nearly as well as the bytes: one character for each byte that
// is frequent, so that the compressor sees the module's bytes one by one. Hexadecimal digits cost twice the length and
// a twentieth more after brotli. `pkg/loader/inline.js` is the other side.

/** All that stand for themselves in a string: printable, without quotation mark, backslash and the two escapes. */
const PLAIN = Array.from({ length: 95 }, (_, index) => index + 32).filter(
  (code) => !/["\\`~]/.test(String.fromCharCode(code)),
);

/** A byte that is less frequent gives its character away. */
const RARE = 20;

/**
 * The text, and the pairs of characters of which the second gives its place to the byte of the first: `swaps` holds
 * the byte as two hexadecimal digits and the character.
 *
 * @param {Uint8Array} bytes
 */
export function toAscii(bytes) {
  const count = new Array(256).fill(0);
  for (const byte of bytes) count[byte] += 1;
  const kept = PLAIN.filter((byte) => count[byte] > RARE);
  const free = PLAIN.filter((byte) => !kept.includes(byte));
  const others = Array.from(count.keys()).filter((byte) => !kept.includes(byte));
  const promoted = others.sort((a, b) => count[b] - count[a]).slice(0, free.length);

  const codes = new Map(kept.map((byte) => [byte, String.fromCharCode(byte)]));
  for (const [index, byte] of promoted.entries()) codes.set(byte, String.fromCharCode(free[index]));
  let rest = 0;
  for (let byte = 0; byte < 256; byte += 1) {
    if (codes.has(byte)) continue;
    const lead = rest < PLAIN.length ? "~" : "`";
    codes.set(byte, lead + String.fromCharCode(PLAIN[rest % PLAIN.length]));
    rest += 1;
  }
  const text = Array.from(bytes, (byte) => codes.get(byte)).join("");
  const swaps = promoted.map(
    (byte, index) => byte.toString(16).padStart(2, "0") + String.fromCharCode(free[index]),
  );
  return { text, swaps: swaps.join("") };
}
