// What the platform does for the core. Each name in here is in `src/web/host.rs`, too, and nothing else crosses the border
// but the functions that are exported and what they take and give.
import { setClock } from "./credentials.js";
import { errorOf, failureOf } from "./error.js";
import { aborted, pause, perform } from "./exchange.js";

export { date } from "./credentials.js";

/**
 * @typedef {import("./options.js").Caller} Caller
 *
 * @typedef {"slept" | "aborted" | "complete" | "tooLong" | "brokenOff" | "alreadyRead" | "noReply" | "notAResponse" |
 *   "timedOut" | "noCredentials" | "noPage"} Happened
 *
 * @typedef {(request: RequestInit, signal: AbortSignal, credentials: string | undefined) => unknown} Send Calls `fetch`.
 *
 * @typedef {(happened: Happened, status: number, text?: string, requestId?: string, retryAfterMs?: number,
 *   date?: string) => void} Resume Goes on with the call.
 */

/** The global scope, with a `fetch` that is looked up at each call and throws nothing at once. */
const SCOPE = {
  /** @type {typeof globalThis.fetch} */
  async fetch(...args) {
    return globalThis.fetch(...args);
  },
};

export const scope = () => SCOPE;

export const headers = () => new Headers();

/**
 * What is certain of a call, in case it cannot tell any more.
 *
 * @param {Caller} caller
 * @param {number} attempts
 * @param {boolean} mayHaveStarted
 * @param {string | null} [jobId]
 * @param {string | null} [requestId]
 * @param {string | null} [detachRequestId]
 */
export function note(
  caller,
  attempts,
  mayHaveStarted,
  jobId = null,
  requestId = null,
  detachRequestId = null,
) {
  caller.facts = { attempts, mayHaveStarted, jobId, requestId, detachRequestId };
}

/** Whether the caller has given up before anything began. @param {Caller} caller */
export function isAborted(caller) {
  const outcome = aborted(caller);
  caller.cause = outcome?.cause;
  return outcome !== undefined;
}

/**
 * Waits.
 *
 * @param {Caller} caller
 * @param {number} ms
 * @param {Resume} resume
 */
export function sleep(caller, ms, resume) {
  goOn(caller, pause(caller, ms), resume);
}

/**
 * Sends a request, and waits for the reply.
 *
 * @param {Caller} caller
 * @param {number} timeoutMs
 * @param {boolean} isRenewal Whether the service wants other credentials than those of the last attempt.
 * @param {string | undefined} serverTime The time at the service, where the clock is wrong.
 * @param {Send} send
 * @param {Resume} resume
 */
export function exchange(caller, timeoutMs, isRenewal, serverTime, send, resume) {
  if (serverTime) setClock(serverTime);
  goOn(caller, perform(caller, timeoutMs, isRenewal, send), resume);
}

/**
 * @param {Caller} caller
 * @param {Promise<import("./exchange.js").Outcome>} waiting
 * @param {Resume} resume
 */
async function goOn(caller, waiting, resume) {
  const { happened, status = 0, text, requestId, retryAfterMs, date, cause } = await waiting;
  caller.cause = cause;
  try {
    resume(happened, status, text, requestId, retryAfterMs, date);
  } catch (cause) {
    caller.giveUp(cause);
  }
}

/**
 * Tells the caller how far the call is.
 *
 * @param {Caller} caller
 * @param {any} progress
 */
export function tell(caller, progress) {
  progress.lastFailure = failureOf(progress.lastFailure, caller.secrets);
  report(caller.onProgress, progress);
}

/**
 * Calls a function of the caller's. What it throws, or rejects with, changes nothing here, and is shown as any uncaught
 * error.
 *
 * @param {((progress: any) => unknown) | undefined} onProgress
 * @param {object} progress
 */
export function report(onProgress, progress) {
  const show = globalThis.reportError ?? console.error;
  try {
    const result = /** @type {any} */ (onProgress?.(progress));
    if (typeof result?.then === "function") result.then(undefined, show);
  } catch (error) {
    show(error);
  }
}

/** The call has worked. @param {Caller} caller @param {unknown} value */
export function resolve(caller, value) {
  caller.resolve(value);
}

/** The call has failed. @param {Caller} caller @param {object} description */
export function reject(caller, description) {
  caller.reject(error(caller, description));
}

/**
 * The error that a call would fail with.
 *
 * @param {Caller} caller
 * @param {object} description
 */
export const error = (caller, description) => errorOf(description, caller.secrets, caller.cause);
