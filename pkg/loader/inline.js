// For browsers, bundlers and Node: the module as text inside the script: no second request, nothing for a bundler to
// lose. scripts/lib/unpacker.mjs wrote it, with what reads it.
import { createGlue } from "glue";
import { start, text, unpacker } from "module.packed";
import { createClient } from "./client.js";
import { utf8Encoder } from "./utf8.js";

export const client = createClient(load);

/** The core as WebAssembly. Fails where that is forbidden. */
export async function load() {
  return { createGlue, module: await compile(unpacked()) };
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
 * The module. A second one, of a kilobyte, unpacks it: a script that runs for the first time is slow, and this is a loop
 * over every byte.
 */
function unpacked() {
  const own = Uint8Array.from(atob(unpacker), (character) => character.charCodeAt(0));
  const { memory, unpack } = /** @type {any} */ (
    new WebAssembly.Instance(new WebAssembly.Module(own)).exports
  );
  const bytes = new Uint8Array(memory.buffer);
  bytes.set(utf8Encoder().encode(text), start);
  const end = start + text.length;
  return bytes.subarray(end, unpack(start, end));
}
