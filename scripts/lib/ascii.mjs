// Bytes as printable ASCII, in a form that compresses nearly as well as the bytes: one character for each byte that
// is frequent, so that the compressor sees them one by one. Hexadecimal digits cost twice the length and a twentieth
// more after brotli. `scripts/lib/unpacker.mjs` has the way back.

/** Two characters of which each makes another one of the next: by how much its code grows in the table. */
export const ESCAPES = { "~": 128, "`": 256 };

/** The length of the table: characters alone, and behind each of the escapes. */
export const TABLE_BYTES = 128 * 3;

/** All that stand for themselves in a string: printable, without quotation mark, backslash and the escapes. */
const PLAIN = Array.from({ length: 95 }, (_, index) => index + 32).filter(
  (code) => !/["\\`~]/.test(String.fromCharCode(code)),
);

/** A byte that is less frequent gives its character away. */
const RARE = 20;

/**
 * The text, and the table by which it is read: the bytes that the characters stand for, alone, and 128 and 256 further
 * on, behind the escapes.
 *
 * @param {Uint8Array} bytes
 */
export function toAscii(bytes) {
  const count = new Array(256).fill(0);
  for (const byte of bytes) count[byte] += 1;
  const kept = PLAIN.filter((byte) => count[byte] > RARE);
  const free = PLAIN.filter((byte) => !kept.includes(byte));
  const others = Array.from(count.keys()).filter((byte) => !kept.includes(byte));
  others.sort((a, b) => count[b] - count[a]);

  const table = new Uint8Array(TABLE_BYTES);
  const written = new Map();
  const write = (byte, code, lead = "") => {
    written.set(byte, lead + String.fromCharCode(code));
    table[code + (ESCAPES[lead] ?? 0)] = byte;
  };
  for (const byte of kept) write(byte, byte);
  for (const code of free) write(others.shift(), code);
  for (const lead of Object.keys(ESCAPES)) {
    for (const code of PLAIN) {
      if (others.length > 0) write(others.shift(), code, lead);
    }
  }
  return { text: Array.from(bytes, (byte) => written.get(byte)).join(""), table };
}
