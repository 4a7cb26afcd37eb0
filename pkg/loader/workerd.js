// For workerd, which compiles modules at deployment and refuses bytes at run time.

import { createGlue } from "glue";
import { createClient } from "./client.js";
import module from "./ecs_detach_volume.wasm";
import { webAssembly } from "./start.js";

export const client = createClient(
  webAssembly(createGlue, () => module),
  withoutErrorRedirects,
);

/**
 * workerd refuses `redirect: "error"`. With `"manual"` it follows no redirect either: what comes is the reply with its
 * 3xx status.
 *
 * @param {typeof globalThis.fetch} fetch
 * @returns {typeof globalThis.fetch}
 */
function withoutErrorRedirects(fetch) {
  return (url, init) => fetch(url, { ...init, redirect: "manual" });
}
