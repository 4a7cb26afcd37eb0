// Waiting: for a reply of `fetch` or for time to pass, no longer than until a deadline or the caller gives up.
import { ask } from "./credentials.js";
import { addSecrets, authRecord, json } from "./options.js";
import { utf8Decoder } from "./utf8.js";

/** The longest body that is read, in bytes. The API's are below a kilobyte. */
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * What is the same in all requests. A redirect would carry the token elsewhere.
 *
 * @type {RequestInit}
 */
const REQUEST = { redirect: "error", cache: "no-store", referrerPolicy: "no-referrer" };

/** Where the request id stands: the gateway's and ECS's own, IAM's, OpenStack's. */
const REQUEST_IDS = ["x-request-id", "x-iam-trace-id", "x-openstack-request-id", "x-compute-request-id"];

/** The longest wait that the core can be told: more is for ever. */
const MAX_MS = 2 ** 32 - 1;

/**
 * @typedef {import("./options.js").Caller} Caller
 * @typedef {import("./host.js").Send} Send
 *
 * @typedef {object} Outcome
 * @property {import("./host.js").Happened} happened
 * @property {number} [status]
 * @property {string} [text]
 * @property {string} [requestId]
 * @property {number} [retryAfterMs]
 * @property {string} [date]
 * @property {unknown} [cause]
 */

/**
 * One HTTP exchange. Never rejects, and leaves no timer, listener or request behind. Sends nothing where the caller has
 * given up already.
 *
 * @param {Caller} caller
 * @param {number} timeoutMs
 * @param {boolean} isRenewal
 * @param {Send} send
 * @returns {Promise<Outcome>}
 */
export async function perform(caller, timeoutMs, isRenewal, send) {
  const before = aborted(caller);
  if (before) return before;
  const controller = new AbortController();
  const outcome = await within(timeoutMs, caller, work(caller, isRenewal, send, controller.signal));
  if (outcome && outcome.happened === "complete") return outcome;
  // A reply that was read to its end is left alone: others may still be reading a clone of it.
  controller.abort();
  return aborted(caller) ?? outcome ?? { happened: "timedOut" };
}

/**
 * Waits. Never rejects, and leaves no timer or listener behind.
 *
 * @param {Caller} caller
 * @param {number} ms
 * @returns {Promise<Outcome>}
 */
export async function pause(caller, ms) {
  if (!aborted(caller)) await within(ms, caller);
  return aborted(caller) ?? { happened: "slept" };
}

/**
 * What is to be told where the caller has given up.
 *
 * @param {Caller} caller
 * @returns {Outcome | undefined}
 */
export function aborted({ signal }) {
  if (!quietly(() => signal?.aborted)) return undefined;
  // Chromium before 98 knows no reasons.
  const reason = quietly(() => signal?.reason);
  return {
    happened: "aborted",
    cause: reason === undefined ? new DOMException("the signal was aborted", "AbortError") : reason,
  };
}

/**
 * A signal may be the caller's own: what it throws must not keep a promise from being settled.
 *
 * @template T
 * @param {() => T} body
 */
function quietly(body) {
  try {
    return body();
  } catch {
    return undefined;
  }
}

/**
 * What comes of some work; `undefined` where the time is up first, or the signal fires.
 *
 * @param {number} ms
 * @param {Caller} caller
 * @param {Promise<Outcome>} [work] Never rejects.
 * @returns {Promise<Outcome | undefined>}
 */
function within(ms, caller, work) {
  return new Promise((resolve) => {
    /** @param {Outcome} [outcome] */
    const end = (outcome) => {
      clearTimeout(timer);
      silence();
      resolve(outcome);
    };
    const stop = () => end();
    const timer = setTimeout(stop, ms);
    const silence = onAbort(caller.signal, stop);
    caller.stop = stop;
    work?.then(end);
  });
}

/** @type {WeakMap<AbortSignal, { stops: Set<() => void>, fire: () => void }>} Who waits for a signal. */
const waiting = new WeakMap();

/**
 * Listens to a signal. One listener on it serves all calls that share it: Node warns of more than ten.
 *
 * @param {AbortSignal | undefined} signal
 * @param {() => void} stop
 * @returns {() => void} Ends that.
 */
function onAbort(signal, stop) {
  if (!signal) return () => {};
  let group = waiting.get(signal);
  if (!group) {
    /** @type {Set<() => void>} */
    const stops = new Set();
    group = { stops, fire: () => [...stops].forEach((stop) => void stop()) };
    waiting.set(signal, group);
  }
  const { stops, fire } = group;
  if (!stops.size) quietly(() => signal.addEventListener("abort", fire));
  stops.add(stop);
  return () => {
    stops.delete(stop);
    if (!stops.size) quietly(() => signal.removeEventListener("abort", fire));
  };
}

/**
 * Sends a request and reads the reply. Never rejects; goes on when nobody waits for it any more, until `fetch` ends.
 *
 * @param {Caller} caller
 * @param {boolean} isRenewal
 * @param {Send} send
 * @param {AbortSignal} signal
 * @returns {Promise<Outcome>}
 */
async function work(caller, isRenewal, send, signal) {
  const request = { ...REQUEST, credentials: caller.record.credentials ?? "same-origin" };
  /** @type {Outcome} */
  const outcome = { happened: "noReply" };
  try {
    const given = caller.auth && authRecord(await ask(caller.auth, isRenewal, signal));
    addSecrets(caller, Object.values(Object(given)));
    // What is over is not sent.
    if (signal.aborted) return outcome;
    const sending = send(request, signal, caller.auth && json(given));
    addSecrets(caller, [signatureOf(request)]);
    const reply = /** @type {Response} */ (await sending);
    // Known by its shape, not by its class: it may come from another frame, a polyfill or a test.
    if (typeof reply?.headers?.get !== "function") return { happened: "notAResponse" };
    Object.assign(outcome, readHead(reply), { happened: "brokenOff" });
    outcome.happened = await readBody(reply, outcome);
  } catch (cause) {
    outcome.cause = cause;
    // The core writes it when there is nothing more that could be wrong.
    if (!request.method) outcome.happened = "noCredentials";
    else if (outcome.happened === "noReply" && isWithoutPage(caller, cause)) outcome.happened = "noPage";
  }
  return outcome;
}

/**
 * Whether the engine has refused the endpoint, before anything was sent: it is a path, and there is no page whose origin it
 * could be on. Told by the words that the engine has for that: a stand-in for `fetch` may take paths, and fail later.
 *
 * @param {Caller} caller
 * @param {unknown} cause What `fetch` threw.
 */
function isWithoutPage({ record: { endpoint, iamEndpoint } }, cause) {
  const path = endpoint ?? iamEndpoint;
  const lead = (/** @type {any} */ error) => String(error.message).split(path)[0];
  try {
    return !new Request(path);
  } catch (refusal) {
    return lead(refusal) === lead(Object(cause));
  }
}

/** @param {RequestInit} request */
function signatureOf({ headers }) {
  const value = /** @type {Headers | undefined} */ (headers)?.get("authorization") ?? "";
  return /Signature=(.*)/.exec(value)?.[1];
}

/** @param {Response} reply */
function readHead({ status, headers }) {
  const get = (/** @type {string} */ name) => {
    const value = headers.get(name);
    return value === null || value === undefined ? undefined : String(value);
  };
  const date = get("date");
  return {
    // Of no status is what a stand-in gives without one.
    status: Number(status ?? 0),
    date,
    requestId: REQUEST_IDS.map(get).find(Boolean),
    retryAfterMs: waitOf(get("retry-after"), date),
  };
}

/**
 * How long the server asks to wait: in seconds, or as a date, which is compared with the reply's own, so that no clock
 * has to be right.
 *
 * Source: RFC 9110, section 10.2.3.
 *
 * @param {string | undefined} value
 * @param {string | undefined} date
 */
function waitOf(value, date) {
  if (!value) return undefined;
  // A value that two servers have written stands there twice.
  const seconds = /^\s*\+?(\d+(?:\.\d+)?)\s*(?:s|,|$)/i.exec(value)?.[1];
  const ms = seconds ? Number(seconds) * 1000 : Date.parse(value) - (Date.parse(date ?? "") || Date.now());
  return ms >= 0 ? Math.min(Math.ceil(ms), MAX_MS) : undefined;
}

/**
 * Reads the body into `outcome`, as far as it comes.
 *
 * @param {Response} reply
 * @param {Outcome} outcome
 */
async function readBody(reply, outcome) {
  if (reply.bodyUsed || reply.body?.locked) return "alreadyRead";
  if (typeof reply.body?.getReader !== "function") {
    // No body, or a stand-in that has text only.
    outcome.text = String((await reply.text?.()) ?? "");
    return outcome.text.length <= MAX_BODY_BYTES ? "complete" : "tooLong";
  }
  const reader = reply.body.getReader();
  /** @type {Uint8Array[]} */
  const parts = [];
  try {
    for (let size = 0; size <= MAX_BODY_BYTES; ) {
      const { done, value } = await reader.read();
      if (done) return "complete";
      parts.push(value);
      size += value.byteLength;
    }
    return "tooLong";
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
