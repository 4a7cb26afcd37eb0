// With WebAssembly where it starts, else without: the plain JavaScript is a file of its own, which only those load who
// need it.
import { createClient } from "./client.js";
import { start as startWebAssembly } from "./inline-module.js";
import { startMessage, textOf } from "./start-message.js";

export const client = createClient(start, undefined, ({ cause, message }) => startMessage(cause, message));

/** @type {import("./start.js").Start} */
async function start(host) {
  try {
    return await startWebAssembly(host);
  } catch (cause) {
    // Whatever it was: a policy, an engine without WebAssembly, or one that is too old for this module.
    try {
      const core = await import("asm-module");
      return { ...(await core.start(host)), cause };
    } catch (error) {
      throw withBoth(error, cause);
    }
  }
}

/**
 * @param {unknown} error What came of the plain JavaScript.
 * @param {unknown} cause What came of WebAssembly.
 */
function withBoth(error, cause) {
  const said = textOf(error);
  // A service worker may not load a file later.
  const remedy = /ServiceWorker/.test(said)
    ? "; a service worker that is a module needs ecs-detach-volume/asm"
    : "";
  const message = `the plain JavaScript in its place could not be started: ${said}${remedy}`;
  return Object.assign(new Error(message), { cause });
}
