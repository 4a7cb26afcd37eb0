// One instance of the WebAssembly module.
import { createGlue } from "glue";
import { ecsError } from "./error.js";
import { exchange } from "./exchange.js";

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

  /** @template T @param {boolean} mayHaveStarted @param {() => T} enter @returns {T} */
  const guard = (mayHaveStarted, enter) => {
    try {
      if (!trap) return enter();
    } catch (cause) {
      stop(cause);
    }
    throw ecsError({ kind: "wasm", message: "the WebAssembly module stopped", mayHaveStarted, cause: trap });
  };

  return {
    /**
     * Runs an operation to its end.
     *
     * @param {import("./options.js").Snapshot} options
     * @returns {Promise<any>}
     */
    async run({ json, fetch, signal }) {
      const operation = guard(false, () => new Operation(json));
      /** @type {import("./exchange.js").Outcome | { event: "Start", reply?: undefined, body?: "", cause?: undefined }} */
      let last = signal?.aborted ? { event: "Aborted", cause: signal.reason } : { event: "Start" };
      for (let isSent = false; ; isSent = true) {
        const { event, reply, body = "", cause } = last;
        const { value, error, timeoutMs } = guard(isSent, () => operation.step(Event[event], reply, body));
        if (timeoutMs === undefined) {
          operation.free();
          if (error) throw ecsError({ cause, ...error });
          return value;
        }
        /** @param {AbortSignal} end */
        const send = (end) => {
          try {
            return operation.send(fetch, end);
          } catch (cause) {
            // What the caller's `fetch` throws passes through the module unharmed.
            if (cause instanceof WebAssembly.RuntimeError) stop(cause);
            throw cause;
          }
        };
        last = await exchange(send, timeoutMs, signal);
      }
    },
  };
}
