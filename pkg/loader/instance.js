// One instance of the module.
import { ask, date, setClock } from "./credentials.js";
import { ecsError, errorOf } from "./error.js";
import { exchange, sleep } from "./exchange.js";
import { flat } from "./flat.js";
import { progress, results } from "./records.js";
import { replyList } from "./reply.js";

/** @typedef {import("./start.js").Started["exports"]} Exports */
/** @typedef {InstanceType<Exports["Operation"]>} Operation */
/** @typedef {import("./exchange.js").Outcome} Outcome */
/** @typedef {import("./credentials.js").AuthFunction} AuthFunction */

/** What never changes in a request. A redirect would carry the token elsewhere. */
const REQUEST = { redirect: "error", cache: "no-store", referrerPolicy: "no-referrer" };

/**
 * A call under way: its operation and its options, and what has come of it so far.
 *
 * @typedef {object} Call
 * @property {string} name The public function.
 * @property {Operation} operation
 * @property {import("./options.js").Snapshot} options
 * @property {number} attempts How many requests it has sent.
 * @property {any[]} kept The replies that its result is made of.
 * @property {any} [credentials] What the function in `auth` gave last.
 * @property {RequestInit} [sent] The last request.
 */

export class Instance {
  #exports;
  #onStop;
  /** @type {unknown} */
  #trap;

  /**
   * @param {Exports} exports
   * @param {() => void} onStop Called when the instance must not be used any more.
   */
  constructor(exports, onStop) {
    this.#exports = exports;
    this.#onStop = onStop;
  }

  /**
   * An operation that has not begun.
   *
   * @param {string} name The public function.
   * @param {unknown} record Its options.
   * @returns {Operation}
   */
  prepare(name, record) {
    return this.#enter(0, () => new this.#exports.Operation(name, flat(record), Math.random() * 2 ** 32));
  }

  /**
   * What is wrong with the options of a call, if anything is.
   *
   * @param {string} name
   * @param {unknown} record
   * @returns {any}
   */
  check(name, record) {
    const operation = this.prepare(name, record);
    // Wrong options come before anything else.
    const { Event, Turn } = this.#exports;
    const [turn, content] = this.#enter(0, () => operation.step(Event.Aborted, 0, ""));
    const error = /** @type {unknown[]} */ (content);
    this.release(operation);
    return turn === Turn.Fail && error[0] === "options" ? error : undefined;
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
   * @param {string} name The public function.
   * @param {Operation} operation
   * @param {import("./options.js").Snapshot} options
   * @returns {Promise<any>}
   */
  async run(name, operation, options) {
    const { Event, Turn } = this.#exports;
    const { signal, onProgress } = options;
    /** @type {Call} */
    const call = { name, operation, options, attempts: 0, kept: [] };
    /** @type {Outcome | { event: "Start", reply?: undefined, text?: undefined, cause?: undefined }} */
    let last = signal?.aborted ? { event: "Aborted", cause: signal.reason } : { event: "Start" };
    for (;;) {
      const { event, text, cause } = last;
      const reply = replyList(last);
      const [turn, content, keeps, news, isRenewal, serverTime] = this.#enter(call.attempts, () =>
        operation.step(Event[event], performance.now(), reply),
      );
      if (keeps) call.kept.push(JSON.parse(text ?? ""));
      if (news) report(onProgress, progress(news));
      if (serverTime) setClock(serverTime);
      if (turn === Turn.Sleep) {
        last = await sleep(Number(content), signal);
      } else if (turn === Turn.Send) {
        last = await this.#exchange(call, Number(content), isRenewal);
      } else {
        this.release(operation);
        if (turn === Turn.Fail) throw errorOf(content, secretsOf(call), call.kept, cause);
        return results[name]?.(content, call.kept);
      }
    }
  }

  /**
   * @param {Call} call
   * @param {number} timeoutMs
   * @param {boolean} isRenewal
   * @returns {Promise<Outcome>}
   */
  async #exchange(call, timeoutMs, isRenewal = false) {
    const { auth, signal } = call.options;
    const before = call.sent;
    const ofFunction = async (/** @type {AuthFunction} */ auth, /** @type {AbortSignal} */ end) => {
      const credentials = await ask(auth, isRenewal);
      // What is over is not sent.
      if (end.aborted) throw end;
      return this.#send(call, end, credentials);
    };
    const send = (/** @type {AbortSignal} */ end) => (auth ? ofFunction(auth, end) : this.#send(call, end));
    const outcome = await exchange(send, timeoutMs, signal);
    if (call.sent !== before) {
      call.attempts += 1;
    } else {
      this.#enter(call.attempts, () => call.operation.unsend());
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
   * @param {Call} call
   * @param {AbortSignal} signal
   * @param {any} [credentials] Where they come from a function.
   */
  #send(call, signal, credentials) {
    const { fetch, record } = call.options;
    /** @type {any} */
    const request = { ...REQUEST, credentials: record.credentials ?? "same-origin", signal };
    if (credentials !== undefined) call.credentials = credentials;
    const { accessKey } = Object(credentials ?? record.auth);
    try {
      const auth = credentials === undefined ? undefined : flat(credentials);
      return call.operation.send(fetch, request, accessKey ? date() : "", auth);
    } catch (cause) {
      // What the caller's `fetch` throws passes through the module unharmed. What is thrown before that, and is no text of
      // the module's, has left it in the middle of its work.
      if (isTrap(cause) || !(request.method || typeof cause === "string")) this.#stop(cause);
      throw request.method ? cause : new TypeError(String(cause));
    } finally {
      // The module writes the method into it when nothing is wrong with the credentials.
      if (request.method) call.sent = request;
    }
  }

  /** @param {unknown} cause */
  #stop(cause) {
    this.#trap = cause;
    this.#onStop();
  }
}

/**
 * What must not be seen in an error: credentials, their signature, and the values of the caller's headers.
 *
 * @param {Call} call
 */
function secretsOf({ options, credentials, sent }) {
  const headers = /** @type {Headers | undefined} */ (sent?.headers);
  const signature = /Signature=(.*)/.exec(headers?.get("authorization") ?? "")?.[1];
  const { auth, headers: own } = Object(options.record);
  return [signature, ...[auth, credentials, own].flatMap((record) => Object.values(Object(record)))];
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
