// With WebAssembly where it starts, else without: the plain JavaScript is a file of its own, which only those load who
// need it.
import { createClient } from "./client.js";
import { start as startWebAssembly } from "./inline-module.js";

export const client = createClient(start);

/** @type {import("./start.js").Start} */
async function start(host) {
  try {
    return await startWebAssembly(host);
  } catch (cause) {
    // Whatever it was: a policy, an engine without WebAssembly, or one that is too old for this module.
    const core = await import("asm-module");
    return { ...(await core.start(host)), cause };
  }
}
