// Stands between an instance of the module and all that enters it. What is thrown out of it has left it in the middle of
// its work: its memory cannot be trusted any more, and it is never entered again.
import { ecsError } from "./error.js";

/**
 * @typedef {import("./options.js").Caller} Caller
 * @typedef {ReturnType<typeof createGuard>} Guard
 */

/** @param {() => void} onStop Called when the instance must not be used any more. */
export function createGuard(onStop) {
  /** @type {Set<Caller>} Calls under way. */
  const pending = new Set();
  /** @type {{ cause: unknown } | undefined} */
  let stopped;

  /** @param {unknown} cause */
  const stop = (cause) => {
    if (stopped) return;
    stopped = { cause };
    onStop();
    for (const caller of pending) fail(caller);
  };

  /** @param {Caller} caller */
  const fail = (caller) => {
    caller.stop?.();
    caller.reject(error(caller.facts));
  };

  /** @param {object} [facts] */
  const error = (facts) =>
    ecsError({ kind: "wasm", message: "the WebAssembly module stopped", cause: stopped?.cause, ...facts });

  /** @param {Function} body */
  const guarded =
    (body) =>
    (/** @type {unknown[]} */ ...args) => {
      if (stopped) throw stopped.cause;
      try {
        return body(...args);
      } catch (cause) {
        stop(cause);
        throw cause;
      }
    };

  return {
    /**
     * What a module exports, closures and helpers of the glue included, so that each entry is watched.
     *
     * @param {Record<string, any>} exports
     */
    guard(exports) {
      /** @type {typeof exports} */
      const all = {};
      for (const [name, value] of Object.entries(exports)) {
        all[name] = typeof value === "function" ? guarded(value) : value;
      }
      return all;
    },

    /**
     * Runs a call.
     *
     * @param {Caller} caller
     * @param {() => unknown} begin Enters the module.
     * @returns {Promise<any>} Settles even if the module does not.
     */
    run(caller, begin) {
      const promise = new Promise((resolve, reject) => {
        /** @type {<V>(settle: (value: V) => void) => (value: V) => void} */
        const last = (settle) => (value) => {
          pending.delete(caller);
          settle(value);
        };
        caller.resolve = last(resolve);
        caller.reject = last(reject);
      });
      caller.promise = promise;
      caller.giveUp = (cause) => {
        stop(cause);
        fail(caller);
      };
      pending.add(caller);
      try {
        begin();
      } catch (cause) {
        caller.giveUp(cause);
      }
      return promise;
    },

    /**
     * Enters the module for a moment.
     *
     * @template T
     * @param {() => T} body
     */
    enter(body) {
      try {
        return body();
      } catch (cause) {
        stop(cause);
        throw error();
      }
    },

    /**
     * Gives back what a call has held. Where the module has stopped, its memory is gone as a whole.
     *
     * @param {{ free(): void }} handle
     */
    free(handle) {
      if (!stopped) handle.free();
    },
  };
}
