// Bytes as printable ASCII, in a form that compresses nearly as well as the bytes: one character for each byte that
// is frequent, so that the compressor sees the module's bytes one by one. Hexadecimal digits cost twice the length and
// a twentieth more after brotli. `pkg/loader/inline.js` is the other side.
import binaryen from "binaryen";

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

/**
 * A module that turns such a text back into bytes, in its own memory and in place: what the characters stand for begins
 * at 0, the text at any address above that. The escapes lead to the second and the third part of the table.
 *
 * @param {number} length How long the text is.
 */
export function decoderFor(length) {
  const pages = Math.ceil((length + 512) / 65536);
  const module = binaryen.parseText(`(module
    (memory (export "memory") ${pages})
    (func (export "decode") (param $at i32) (param $end i32) (result i32)
      (local $to i32) (local $code i32)
      (local.set $to (local.get $at))
      (loop $next
        (local.set $code (i32.load8_u (local.get $at)))
        (if (i32.or (i32.eq (local.get $code) (i32.const 96)) (i32.eq (local.get $code) (i32.const 126)))
          (then
            (local.set $at (i32.add (local.get $at) (i32.const 1)))
            (local.set $code (i32.add
              (i32.load8_u (local.get $at))
              (select (i32.const 128) (i32.const 256) (i32.eq (local.get $code) (i32.const 126)))))))
        (i32.store8 (local.get $to) (i32.load8_u (local.get $code)))
        (local.set $to (i32.add (local.get $to) (i32.const 1)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
      (local.get $to)))`);
  module.optimize();
  return Buffer.from(module.emitBinary()).toString("base64");
}
