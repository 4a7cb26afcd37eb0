// One instance of the WebAssembly module.
import { createGlue } from "glue";
import { ecsError } from "./error.js";
import { exchange, sleep } from "./exchange.js";

/**
 * @param {WebAssembly.Module} module
 * @param {() => void} onStop Called when the instance must not be used any more.
 */
export function createInstance(module, onStop) {
  const { Operation, Event } = createGlue()(module);
  /** @type {unknown} */
  let trap;

  // After a trap the memory of an instance cannot be trusted: it is never entered again, by no call.
  /** @param {unknown} cause */
  const stop = (cause) => {
    trap = cause;
    onStop();
  };

  /** @template T @param {number} attempts @param {() => T} enter @returns {T} */
  const guard = (attempts, enter) => {
    try {
      if (!trap) return enter();
    } catch (cause) {
      stop(cause);
    }
    const message = "the WebAssembly module stopped";
    throw ecsError({ kind: "wasm", message, mayHaveStarted: attempts > 0, attempts, cause: trap });
  };

  return {
    /**
     * Runs an operation to its end.
     *
     * @param {import("./options.js").Snapshot} options
     * @returns {Promise<any>}
     */
    async run({ json, fetch, signal }) {
      const started = performance.now();
      const seed = Math.random() * 2 ** 32;
      const operation = guard(0, () => new Operation(json, seed));
      /** @type {import("./exchange.js").Outcome | { event: "Start", reply?: undefined, body?: "", cause?: undefined }} */
      let last = signal?.aborted ? { event: "Aborted", cause: signal.reason } : { event: "Start" };
      for (let attempts = 0; ; ) {
        const { event, reply, body = "", cause } = last;
        const now = performance.now() - started;
        const next = guard(attempts, () => operation.step(Event[event], now, reply, body));
        if (next.sleepMs !== undefined) {
          last = await sleep(next.sleepMs, signal);
        } else if (next.timeoutMs !== undefined) {
          attempts += 1;
          last = await exchange(sender(operation, fetch), next.timeoutMs, signal);
        } else {
          operation.free();
          if (next.error) throw ecsError({ cause, ...next.error });
          return next.value;
        }
      }
    },
  };

  /**
   * @param {{ send(fetch: typeof globalThis.fetch, end: AbortSignal): unknown }} operation
   * @param {typeof globalThis.fetch} fetch
   */
  function sender(operation, fetch) {
    /** @param {AbortSignal} end */
    return (end) => {
      try {
        return operation.send(fetch, end);
      } catch (cause) {
        // What the caller's `fetch` throws passes through the module unharmed.
        if (cause instanceof WebAssembly.RuntimeError) stop(cause);
        throw cause;
      }
    };
  }
}
