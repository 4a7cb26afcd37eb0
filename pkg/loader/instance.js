// One instance of the WebAssembly module, and what happens when it stops.
import { createGlue } from "glue";
import { ecsError } from "./error.js";

/**
 * @param {WebAssembly.Module} module
 * @param {() => void} onStop Called when the instance must not be used any more.
 */
export function createInstance(module, onStop) {
  /** @type {Set<(error: Error) => void>} */
  const pending = new Set();

  // After a trap no Rust code runs to settle the promises that it owes, and its memory cannot be trusted.
  /** @param {unknown} cause */
  const stop = (cause) => {
    onStop();
    const message = "the WebAssembly module stopped";
    const error = ecsError({ kind: "wasm", message, mayHaveStarted: true, cause });
    for (const reject of pending) reject(error);
    pending.clear();
  };

  // Everything that the module does later it does in a microtask of its own: the place to notice a trap.
  const start = createGlue((/** @type {() => void} */ task) => {
    queueMicrotask(() => attempt(task));
  });
  const functions = start(module);

  /** @param {() => void} task */
  function attempt(task) {
    try {
      task();
    } catch (cause) {
      stop(cause);
    }
  }

  return {
    /**
     * @param {"detachVolume"} name
     * @param {string} json
     * @param {unknown} signal
     * @param {unknown} fetch
     * @returns {Promise<any>}
     */
    call(name, json, signal, fetch) {
      return new Promise((resolve, reject) => {
        pending.add(reject);
        const done = () => pending.delete(reject);
        /** @param {object} fields */
        const refuse = (fields) => reject(ecsError(fields));
        attempt(() => functions[name](json, signal, fetch).then(resolve, refuse).then(done));
      });
    },
  };
}
