// The public functions, over one lazily loaded instance of the WebAssembly module. Nothing runs at import.
import { runBatch } from "./batch.js";
import { ecsError } from "./error.js";
import { Instance } from "./instance.js";
import { snapshot } from "./options.js";
import { startMessage } from "./start-message.js";

/**
 * @typedef {typeof import("../../src/web/types.js")} Types
 * @typedef {Omit<Types, "isEcsError">} Client
 */

/**
 * @param {import("./start.js").Start} start
 * @param {(fetch: typeof globalThis.fetch) => typeof globalThis.fetch} adapt What a runtime needs of `fetch`.
 * @returns {Client}
 */
export function createClient(start, adapt = (fetch) => fetch) {
  /** @type {Promise<Instance> | undefined} */
  let loading;

  const forget = () => {
    loading = undefined;
  };

  // One load for all callers. A failed one is forgotten: the next call tries again.
  async function load() {
    try {
      return new Instance((await start()).exports, forget);
    } catch (cause) {
      forget();
      throw ecsError({ kind: "wasm", message: startMessage(cause), cause });
    }
  }

  const loaded = () => {
    loading ??= load();
    return loading;
  };

  /** @param {unknown} options */
  const take = (options) => {
    const copy = snapshot(options);
    return { ...copy, fetch: adapt(copy.fetch) };
  };

  /** @param {string} name @returns {(options: any) => Promise<any>} */
  const call = (name) => async (options) => {
    // Before anything is waited for: what the caller changes later changes nothing.
    const copy = take(options);
    const instance = await loaded();
    return instance.run(name, instance.prepare(name, copy.record), copy);
  };

  return {
    detachVolume: call("detachVolume"),
    detachVolumeAndWait: call("detachVolumeAndWait"),
    getJob: call("getJob"),
    waitForJob: call("waitForJob"),
    listAttachments: call("listAttachments"),
    getAttachment: call("getAttachment"),
    findProjects: call("findProjects"),
    async detachVolumes(options) {
      const copy = take(options);
      return runBatch(await loaded(), copy);
    },
  };
}
