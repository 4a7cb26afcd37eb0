// The module as text, for a script; pkg/loader/decode.js has the way back.
import { decode } from "../../pkg/loader/decode.js";
import { Stop } from "./run.mjs";

/**
 * Printable ASCII: a byte is one character, or two where it is one of the less frequent.
 *
 * ASCII, because a page in GBK that takes a script without a charset reads every other character wrong. One character for
 * a byte, because a compressor then sees the bytes: of a module of 48,877 bytes brotli makes 21,288, of this text 22,028, of
 * hexadecimal digits 22,994, of base64 27,155. A module in another order of its parts, turned back by a second
 * module, took 940 bytes less than all that, and four hundred lines.
 *
 * @param {Uint8Array} bytes
 */
export function encode(bytes) {
  const text = Array.from(bytes, (byte) => CHARACTERS[byte]).join("");
  if (Buffer.compare(decode(text), bytes) !== 0) throw new Stop("the module as text is not the module");
  return text;
}

/** Exclusive or 32, because the small numbers, which are the most frequent, then are characters. */
const CHARACTERS = Array.from({ length: 256 }, (_, byte) => {
  const value = byte ^ 32;
  const lead = ["", "}", "~"][Math.floor(value / 93)];
  return lead + String.fromCharCode(32 + (value % 93));
});
