// One instance of the WebAssembly module.
import { createGlue } from "glue";
import { ask, date, setClock } from "./credentials.js";
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
    this.release(operation);
    return error?.kind === "options" ? error : undefined;
  }

  /**
   * Gives back the memory of a call that has ended, or is not wanted any more.
   *
   * @param {Operation} operation
   */
  release(operation) {
    if (!this.#trap) operation.free();
  }

  /**
   * Runs a call to its end.
   *
   * @param {Operation} operation
   * @param {Omit<import("./options.js").Snapshot, "record">} options
   * @returns {Promise<any>}
   */
  async run(operation, options) {
    const { Event } = this.#exports;
    const { signal, onProgress } = options;
    /** @type {import("./exchange.js").Outcome | { event: "Start", reply?: undefined, body?: "", cause?: undefined }} */
    let last = signal?.aborted ? { event: "Aborted", cause: signal.reason } : { event: "Start" };
    for (let attempts = 0; ; ) {
      const { event, reply, body = "", cause } = last;
      const next = this.#enter(attempts, () => operation.step(Event[event], performance.now(), reply, body));
      if (next.progress) report(onProgress, next.progress);
      if (next.serverTime) setClock(next.serverTime);
      if (next.sleepMs !== undefined) {
        last = await sleep(next.sleepMs, signal);
      } else if (next.timeoutMs !== undefined) {
        last = await this.#exchange(operation, options, next, attempts);
        attempts += 1;
      } else {
        this.release(operation);
        if (next.error) throw ecsError({ cause, ...next.error });
        return next.value;
      }
    }
  }

  /**
   * @param {Operation} operation
   * @param {Omit<import("./options.js").Snapshot, "record">} options
   * @param {{ timeoutMs?: number, isRenewal?: boolean }} next
   * @param {number} attempts How many requests the call has sent before.
   * @returns {Promise<import("./exchange.js").Outcome>}
   */
  async #exchange(operation, { fetch, signal, auth }, { timeoutMs = 0, isRenewal = false }, attempts) {
    if (!auth) return exchange((end) => this.#send(operation, fetch, end), timeoutMs, signal);
    let isSent = false;
    const outcome = await exchange(
      async (end) => {
        const credentials = await ask(auth, isRenewal);
        // What is over is not sent.
        end.throwIfAborted();
        const flaw = this.#enter(attempts, () => operation.authorize(credentials));
        if (flaw) throw new TypeError(flaw);
        isSent = true;
        return this.#send(operation, fetch, end);
      },
      timeoutMs,
      signal,
    );
    if (!isSent) {
      this.#enter(attempts, () => operation.unsend());
      if (outcome.event === "NoReply") outcome.event = "NoCredentials";
    }
    return outcome;
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
      return operation.send(fetch, end, date());
    } catch (cause) {
      // What the caller's `fetch` throws passes through the module unharmed.
      if (isTrap(cause)) this.#stop(cause);
      throw cause;
    }
  }

  /** @param {unknown} cause */
  #stop(cause) {
    this.#trap = cause;
    this.#onStop();
  }
}

/** @param {any} cause */
function isTrap(cause) {
  // The second is that of the entry without WebAssembly; scripts/lib/bundle.mjs writes it.
  const { RuntimeError } = globalThis.WebAssembly ?? {};
  return (RuntimeError && cause instanceof RuntimeError) || cause?.message === "unreachable in asm";
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
