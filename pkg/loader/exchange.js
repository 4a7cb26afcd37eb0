// Waiting: for a reply of `fetch` or for time to pass, no longer than until a deadline or the caller gives up.
import { utf8Decoder } from "./utf8.js";

/** The longest body that is read, in bytes. The API's are below a kilobyte. */
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * @typedef {"Reply" | "LongReply" | "BrokenReply" | "NoReply" | "NotAResponse" | "NoCredentials" | "TimedOut" | "Slept" | "Aborted"} EventName
 * @typedef {{ event: EventName, reply?: Response, text?: string, cause?: unknown }} Outcome
 */

/**
 * One HTTP exchange. Never rejects, and leaves no timer, listener or request behind. Sends nothing where the caller has
 * given up already.
 *
 * @param {(signal: AbortSignal) => unknown} send Calls `fetch`.
 * @param {number} timeoutMs
 * @param {AbortSignal | undefined} signal The caller's.
 * @returns {Promise<Outcome>}
 */
export async function exchange(send, timeoutMs, signal) {
  if (signal?.aborted) return aborted(signal);
  const controller = new AbortController();
  const outcome = await within(timeoutMs, signal, perform(send, controller.signal));
  if (outcome?.event === "Reply") return outcome;
  // A reply that was read to its end is left alone: others may still be reading a clone of it.
  controller.abort();
  return signal?.aborted ? aborted(signal) : (outcome ?? { event: "TimedOut" });
}

/**
 * Waits. Never rejects, and leaves no timer or listener behind.
 *
 * @param {number} ms
 * @param {AbortSignal | undefined} signal The caller's.
 * @returns {Promise<Outcome>}
 */
export async function sleep(ms, signal) {
  if (!signal?.aborted) await within(ms, signal);
  return signal?.aborted ? aborted(signal) : { event: "Slept" };
}

/** @param {AbortSignal} signal @returns {Outcome} */
const aborted = ({ reason }) => ({ event: "Aborted", cause: reason });

/**
 * What comes of some work; `undefined` where the time is up first, or the signal fires.
 *
 * @param {number} ms
 * @param {AbortSignal | undefined} signal
 * @param {Promise<Outcome>} [work] Never rejects.
 * @returns {Promise<Outcome | undefined>}
 */
function within(ms, signal, work) {
  return new Promise((resolve) => {
    /** @param {Outcome} [outcome] */
    const end = (outcome) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
      resolve(outcome);
    };
    const stop = () => end();
    const timer = setTimeout(stop, ms);
    signal?.addEventListener("abort", stop);
    work?.then(end);
  });
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
  /** @type {Uint8Array[]} */
  const parts = [];
  try {
    for (let size = 0; size <= MAX_BODY_BYTES; ) {
      const { done, value } = await reader.read();
      if (done) return true;
      parts.push(value);
      size += value.byteLength;
    }
    return false;
  } finally {
    outcome.text = decode(parts);
  }
}

/** @type {Pick<TextDecoder, "decode"> | undefined} Making one takes longer than reading a reply of the API. */
let decoder;

/** @param {Uint8Array[]} parts */
function decode(parts) {
  decoder ??= utf8Decoder();
  let [bytes] = parts;
  if (parts.length > 1) {
    bytes = new Uint8Array(parts.reduce((size, part) => size + part.byteLength, 0));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.byteLength;
    }
  }
  return decoder.decode(bytes);
}
