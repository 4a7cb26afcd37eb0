// For browsers, bundlers and Node: the module as text inside the script: no second request, nothing for a bundler to
// lose.
import { createGlue } from "glue";
import * as packed from "module.packed";
import { createClient } from "./client.js";
import { unpack } from "./unpack.js";

export const client = createClient(load);

/** The core as WebAssembly. Fails where that is forbidden. */
export async function load() {
  return { createGlue, module: await compile(unpack(packed)) };
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
