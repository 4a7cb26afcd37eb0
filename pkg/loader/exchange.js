// Waiting: for a reply of `fetch` or for time to pass, no longer than until a deadline or the caller gives up.
import { utf8Decoder } from "./utf8.js";

/** The longest body that is read, in bytes. The API's are below a kilobyte. */
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * @typedef {"Reply" | "LongReply" | "BrokenReply" | "NoReply" | "NotAResponse" | "NoCredentials" | "TimedOut" | "Slept" | "Aborted"} EventName
 * @typedef {{ event: EventName, reply?: Response, text?: string, cause?: unknown }} Outcome
 */

/**
 * One HTTP exchange. Never rejects, and leaves no timer, listener or request behind.
 *
 * @param {(signal: AbortSignal) => unknown} send Calls `fetch`.
 * @param {number} timeoutMs
 * @param {AbortSignal | undefined} signal The caller's.
 * @returns {Promise<Outcome>}
 */
export async function exchange(send, timeoutMs, signal) {
  const controller = new AbortController();
  const bound = limit(timeoutMs, signal);
  const outcome = await Promise.race([perform(send, controller.signal), bound.stopped]);
  bound.end();
  if (outcome?.event === "Reply") return outcome;
  // A reply that was read to its end is left alone: others may still be reading a clone of it.
  controller.abort();
  if (signal?.aborted) return { event: "Aborted", cause: signal.reason };
  return outcome ?? { event: "TimedOut" };
}

/**
 * Waits. Never rejects, and leaves no timer or listener behind.
 *
 * @param {number} ms
 * @param {AbortSignal | undefined} signal The caller's.
 * @returns {Promise<Outcome>}
 */
export async function sleep(ms, signal) {
  const bound = limit(ms, signal);
  if (!signal?.aborted) await bound.stopped;
  bound.end();
  return signal?.aborted ? { event: "Aborted", cause: signal.reason } : { event: "Slept" };
}

/**
 * A promise that is fulfilled when the time is up or the signal fires.
 *
 * @param {number} ms
 * @param {AbortSignal | undefined} signal
 */
function limit(ms, signal) {
  let stop = () => {};
  /** @type {Promise<undefined>} */
  const stopped = new Promise((resolve) => {
    stop = () => resolve(undefined);
  });
  const timer = setTimeout(stop, ms);
  signal?.addEventListener("abort", stop);
  const end = () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  };
  return { stopped, end };
}

/**
 * Sends a request and reads the reply. Never rejects; goes on when nobody waits for it any more, until `fetch` ends.
 *
 * @param {(signal: AbortSignal) => unknown} send
 * @param {AbortSignal} signal
 * @returns {Promise<Outcome>}
 */
async function perform(send, signal) {
  /** @type {Outcome} */
  const outcome = { event: "NoReply" };
  try {
    const reply = /** @type {Response} */ (await send(signal));
    // Known by its shape, not by its class: it may come from another frame, a polyfill or a test.
    if (typeof reply?.headers?.get !== "function") return { event: "NotAResponse" };
    Object.assign(outcome, { event: "BrokenReply", reply });
    outcome.event = (await readBody(reply, outcome)) ? "Reply" : "LongReply";
  } catch (cause) {
    outcome.cause = cause;
  }
  return outcome;
}

/**
 * Reads the body into `outcome`, as far as it comes. Whether that is all of it.
 *
 * @param {Response} reply
 * @param {Outcome} outcome
 */
async function readBody(reply, outcome) {
  if (typeof reply.body?.getReader !== "function") {
    // No body, or a stand-in that has text only.
    outcome.text = String((await reply.text?.()) ?? "");
    return outcome.text.length <= MAX_BODY_BYTES;
  }
  const reader = reply.body.getReader();
  const decoder = utf8Decoder();
  outcome.text = "";
  for (let size = 0; size <= MAX_BODY_BYTES; ) {
    const { done, value } = await reader.read();
    outcome.text += decoder.decode(value, { stream: !done });
    if (done) return true;
    size += value.byteLength;
  }
  return false;
}
