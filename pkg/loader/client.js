// The public functions, over one lazily loaded instance of the module. Nothing runs at import.
import { checkBatch, runBatch } from "./batch.js";
import { ecsError, optionsError } from "./error.js";
import { createGuard } from "./guard.js";
import { prepare, snapshot } from "./options.js";
import { startMessage } from "./start-message.js";

/**
 * @typedef {typeof import("../../src/web/types.js")} Types
 * @typedef {Omit<Types, "isEcsError">} Client
 *
 * @typedef {object} Instance
 * @property {import("./guard.js").Guard} guard
 * @property {import("./start.js").Started["exports"]} exports
 * @property {import("./start.js").Started["engine"]} engine
 * @property {unknown} [cause]
 * @property {Promise<void>} [warm] Whether it has been run once.
 */

/** @type {Exclude<keyof import("../../src/web/types.js").OptionsOf, "detachVolumes">[]} */
const NAMES = [
  "detachVolume",
  "detachVolumeAndWait",
  "getJob",
  "waitForJob",
  "listAttachments",
  "getAttachment",
  "findProjects",
];

/**
 * Runs a call that sends nothing: engines compile a function when it runs for the first time, which is most of what a first
 * call would wait for.
 *
 * @param {Instance} instance
 */
async function warmUp({ guard, exports }) {
  const fetch = async (/** @type {unknown} */ _, /** @type {RequestInit} */ { method }) =>
    method === "DELETE" ? new Response('{"job_id":"-"}') : new Response(null, { status: 404 });
  const nobody = { endpoint: "/", projectId: "-", serverId: "-", volumeId: "-", fetch };
  for (const name of /** @type {const} */ (["detachVolume", "detachVolumeAndWait"])) {
    try {
      const caller = prepare(snapshot(nobody));
      await guard.run(caller, () => exports[name](caller));
    } catch {
      // There is no such disk.
    }
  }
}

/**
 * @param {import("./start.js").Start} start
 * @param {(fetch: typeof globalThis.fetch) => typeof globalThis.fetch} [adapt] What a runtime needs of `fetch`.
 * @param {(error: any) => string} [describe] What to say of a start that failed.
 * @returns {Client}
 */
export function createClient(start, adapt, describe = startMessage) {
  /** @type {Promise<Instance> | undefined} */
  let loading;

  const forget = () => {
    loading = undefined;
  };

  // One load for all callers. A failed one is forgotten: the next call tries again.
  async function load() {
    const guard = createGuard(forget);
    try {
      return { ...(await start(guard)), guard };
    } catch (cause) {
      forget();
      throw ecsError({ kind: "wasm", message: describe(cause), cause });
    }
  }

  const loaded = () => {
    loading ??= load();
    return loading;
  };

  /** @param {unknown} options */
  const take = (options) => {
    const copy = snapshot(options);
    if (adapt) copy.fetch = adapt(copy.fetch ?? ((...args) => globalThis.fetch(...args)));
    return copy;
  };

  /** @type {(name: (typeof NAMES)[number]) => (options: any) => Promise<any>} */
  const call = (name) => async (options) => {
    // Before anything is waited for: what the caller changes later changes nothing.
    const caller = prepare(take(options));
    const { guard, exports } = await loaded();
    return guard.run(caller, () => exports[name](caller));
  };

  const calls = /** @type {any} */ (Object.fromEntries(NAMES.map((name) => [name, call(name)])));

  return {
    ...calls,
    async detachVolumes(options) {
      const copy = take(options);
      return runBatch(await loaded(), copy);
    },
    async checkOptions(name, options) {
      const isBatch = name === "detachVolumes";
      if (!isBatch && !NAMES.includes(name))
        return optionsError(null, `there is no function "${String(name)}"`);
      let copy;
      try {
        copy = prepare(take(options));
      } catch (error) {
        return /** @type {any} */ (error);
      }
      const instance = await loaded();
      if (isBatch) return checkBatch(instance, copy);
      return instance.guard.enter(() => instance.exports.check(name, copy));
    },
    async preload() {
      try {
        const instance = await loaded();
        instance.warm = instance.warm || warmUp(instance);
        await instance.warm;
        const { engine, cause } = instance;
        return { isReady: true, engine, cause };
      } catch (error) {
        return { isReady: false, engine: null, cause: /** @type {any} */ (error).cause };
      }
    },
  };
}
