// One instance of the WebAssembly module.
import { createGlue } from "glue";
import { ecsError } from "./error.js";
import { exchange, sleep } from "./exchange.js";

/** @typedef {InstanceType<ReturnType<ReturnType<typeof createGlue>>["Operation"]>} Operation */

export class Instance {
  #exports;
  #onStop;
  /** @type {unknown} */
  #trap;

  /**
   * @param {WebAssembly.Module} module
   * @param {() => void} onStop Called when the instance must not be used any more.
   */
  constructor(module, onStop) {
    this.#exports = createGlue()(module);
    this.#onStop = onStop;
  }

  /**
   * A call that has not begun.
   *
   * @param {string} name The public function.
   * @param {string} json Its options.
   * @returns {Operation}
   */
  prepare(name, json) {
    return this.#enter(0, () => new this.#exports.Operation(name, json, Math.random() * 2 ** 32));
  }

  /**
   * What is wrong with the options of a call, if anything is.
   *
   * @param {string} name
   * @param {string} json
   * @returns {any}
   */
  check(name, json) {
    const operation = this.prepare(name, json);
    // Wrong options come before anything else.
    const { error } = this.#enter(0, () => operation.step(this.#exports.Event.Aborted, 0, undefined, ""));
    operation.free();
    return error?.kind === "options" ? error : undefined;
  }

  /**
   * Runs a call to its end.
   *
   * @param {Operation} operation
   * @param {Omit<import("./options.js").Snapshot, "record">} options
   * @returns {Promise<any>}
   */
  async run(operation, { fetch, signal, onProgress }) {
    const { Event } = this.#exports;
    /** @type {import("./exchange.js").Outcome | { event: "Start", reply?: undefined, body?: "", cause?: undefined }} */
    let last = signal?.aborted ? { event: "Aborted", cause: signal.reason } : { event: "Start" };
    for (let attempts = 0; ; ) {
      const { event, reply, body = "", cause } = last;
      const next = this.#enter(attempts, () => operation.step(Event[event], performance.now(), reply, body));
      if (next.progress) report(onProgress, next.progress);
      if (next.sleepMs !== undefined) {
        last = await sleep(next.sleepMs, signal);
      } else if (next.timeoutMs !== undefined) {
        attempts += 1;
        last = await exchange((end) => this.#send(operation, fetch, end), next.timeoutMs, signal);
      } else {
        operation.free();
        if (next.error) throw ecsError({ cause, ...next.error });
        return next.value;
      }
    }
  }

  /**
   * Enters the module. After a trap the memory of an instance cannot be trusted: it is never entered again, by no
   * call.
   *
   * @template T
   * @param {number} attempts How many requests the call has sent.
   * @param {() => T} body
   * @returns {T}
   */
  #enter(attempts, body) {
    try {
      if (!this.#trap) return body();
    } catch (cause) {
      this.#stop(cause);
    }
    const message = "the WebAssembly module stopped";
    throw ecsError({ kind: "wasm", message, mayHaveStarted: attempts > 0, attempts, cause: this.#trap });
  }

  /**
   * @param {Operation} operation
   * @param {typeof globalThis.fetch} fetch
   * @param {AbortSignal} end
   */
  #send(operation, fetch, end) {
    try {
      return operation.send(fetch, end);
    } catch (cause) {
      // What the caller's `fetch` throws passes through the module unharmed.
      if (cause instanceof WebAssembly.RuntimeError) this.#stop(cause);
      throw cause;
    }
  }

  /** @param {unknown} cause */
  #stop(cause) {
    this.#trap = cause;
    this.#onStop();
  }
}

/**
 * Tells the caller how far a call is. What the caller's function throws changes nothing here, and is shown as any
 * uncaught error.
 *
 * @param {((progress: any) => void) | undefined} onProgress
 * @param {object} progress
 */
export function report(onProgress, progress) {
  try {
    onProgress?.(progress);
  } catch (error) {
    (globalThis.reportError ?? console.error)(error);
  }
}
