// The entry for browsers, bundlers and Node: the module travels inside the script.
import { createClient } from "./client.js";
import { compile } from "./inline.js";

export { isEcsError } from "./error.js";

/** @type {ReturnType<typeof createClient> | undefined} */
let client;

/** @type {typeof import("../../src/web/types.js").detachVolume} */
export function detachVolume(options) {
  client ??= createClient(compile);
  return client.detachVolume(options);
}
