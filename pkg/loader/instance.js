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
   * Runs an operation to its end.
   *
   * @param {import("./options.js").Snapshot} options
   * @returns {Promise<any>}
   */
  async run({ json, fetch, signal }) {
    const { Operation, Event } = this.#exports;
    const started = performance.now();
    const operation = this.#enter(0, () => new Operation(json, Math.random() * 2 ** 32));
    /** @type {import("./exchange.js").Outcome | { event: "Start", reply?: undefined, body?: "", cause?: undefined }} */
    let last = signal?.aborted ? { event: "Aborted", cause: signal.reason } : { event: "Start" };
    for (let attempts = 0; ; ) {
      const { event, reply, body = "", cause } = last;
      const now = performance.now() - started;
      const next = this.#enter(attempts, () => operation.step(Event[event], now, reply, body));
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
