// The way back from the text that scripts/lib/pack.mjs makes of the module.
import { utf8Encoder } from "./utf8.js";

/**
 * The module. A second one, of half a kilobyte, does it: a script that runs for the first time is slow, and this is a loop
 * over every byte.
 *
 * @param {object} packed
 * @param {string} packed.text
 * @param {string} packed.unpacker The second module, in base64.
 * @param {number} packed.start Where in its memory it wants the text. The module begins where the text ends.
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function unpack({ text, unpacker, start }) {
  const own = Uint8Array.from(atob(unpacker), (character) => character.charCodeAt(0));
  const { memory, unpack } = /** @type {any} */ (
    new WebAssembly.Instance(new WebAssembly.Module(own)).exports
  );
  const bytes = new Uint8Array(memory.buffer);
  bytes.set(utf8Encoder().encode(text), start);
  const end = start + text.length;
  return bytes.subarray(end, unpack(start, end));
}
