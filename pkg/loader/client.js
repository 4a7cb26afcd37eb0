// The public functions, over one lazily loaded instance of the WebAssembly module. Nothing runs at import.
import { ecsError } from "./error.js";
import { Instance } from "./instance.js";
import { snapshot } from "./options.js";

const LOAD_MESSAGE =
  "the WebAssembly module could not be loaded; a Content-Security-Policy must allow script-src 'wasm-unsafe-eval'";

/** @param {() => WebAssembly.Module | Promise<WebAssembly.Module>} compile Gives the module; may fail. */
export function createClient(compile) {
  /** @type {Promise<Instance> | undefined} */
  let loading;

  const forget = () => {
    loading = undefined;
  };

  // One load for all callers. A failed one is forgotten: the next call tries again.
  async function load() {
    try {
      return new Instance(await compile(), forget);
    } catch (cause) {
      forget();
      throw ecsError({ kind: "wasm", message: LOAD_MESSAGE, mayHaveStarted: false, attempts: 0, cause });
    }
  }

  return {
    /** @type {typeof import("../../src/web/types.js").detachVolume} */
    async detachVolume(options) {
      // Before anything is waited for: what the caller changes later changes nothing.
      const copy = snapshot(options);
      loading ??= load();
      return (await loading).run(copy);
    },
  };
}
