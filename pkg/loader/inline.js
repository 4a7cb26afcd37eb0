// For browsers, bundlers and Node: the module as text inside the script: no second request, nothing for a bundler to
// lose. scripts/lib/ascii.mjs wrote the text; it says why it looks as it does.
import { createGlue } from "glue";
import { decoder, swaps, text } from "module.ascii";
import { createClient } from "./client.js";
import { utf8Encoder } from "./utf8.js";

/** Where the text begins in the memory of the decoder, behind its table. */
const START = 512;

export const client = createClient(load);

/** The core as WebAssembly. Fails where that is forbidden. */
export async function load() {
  return { createGlue, module: await compile(decode()) };
}

/** @param {BufferSource} bytes */
function compile(bytes) {
  try {
    // At once: the module is small, and to wait for another thread takes longer.
    return new WebAssembly.Module(bytes);
  } catch {
    // Older browsers do not do that for modules of this size.
    return WebAssembly.compile(bytes);
  }
}

/**
 * The module. A second module, of a hundred bytes, does it: a script that runs for the first time is slow, and this is a
 * loop over the whole text.
 */
function decode() {
  const own = Uint8Array.from(atob(decoder), (character) => character.charCodeAt(0));
  const { memory, decode } = /** @type {any} */ (
    new WebAssembly.Instance(new WebAssembly.Module(own)).exports
  );
  const bytes = new Uint8Array(memory.buffer);
  bytes.set(table());
  bytes.set(utf8Encoder().encode(text), START);
  return bytes.slice(START, decode(START, START + text.length));
}

/** What each character stands for by itself, and, from 128 and from 256 on, behind each of the two escapes. */
function table() {
  const plain = [];
  for (let code = 32; code < 127; code += 1) {
    if (!/["\\`~]/.test(String.fromCharCode(code))) plain.push(code);
  }
  const bytes = new Uint8Array(384);
  for (const code of plain) bytes[code] = code;
  for (let at = 0; at < swaps.length; at += 3) {
    bytes[swaps.charCodeAt(at + 2)] = Number.parseInt(swaps.slice(at, at + 2), 16);
  }
  // The bytes without a character of their own, in order.
  const known = new Set(plain.map((code) => bytes[code]));
  const behind = [...plain.map((code) => 128 + code), ...plain.map((code) => 256 + code)];
  for (let byte = 0; byte < 256; byte += 1) {
    if (!known.has(byte)) bytes[behind.shift() ?? 0] = byte;
  }
  return bytes;
}
