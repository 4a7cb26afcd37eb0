// Waiting: for a reply of `fetch` or for time to pass, no longer than until a deadline or the caller gives up.

/** The longest body that is read, in bytes. The API's are below a kilobyte. */
const MAX_BODY_BYTES = 1024 * 1024;

/** What tells the timer from every other reason to stop. */
const TIME_IS_UP = {};

/**
 * @typedef {"Reply" | "LongReply" | "BrokenReply" | "NoReply" | "NotAResponse" | "NoCredentials" | "TimedOut" | "Slept" | "Aborted"} EventName
 * @typedef {{ event: EventName, reply?: Response, body?: string, cause?: unknown }} Outcome
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
  /** @template T @param {T} promise @returns {Promise<Awaited<T>>} */
  const wait = (promise) => Promise.race([promise, bound.stopped]);
  /** @type {Outcome} */
  const outcome = { event: "NoReply", body: "" };
  try {
    const reply = /** @type {Response} */ (await wait(send(controller.signal)));
    // Known by its shape, not by its class: it may come from another frame, a polyfill or a test.
    if (typeof reply?.headers?.get !== "function") return { event: "NotAResponse" };
    Object.assign(outcome, { event: "BrokenReply", reply });
    outcome.event = (await readBody(reply, outcome, wait)) ? "Reply" : "LongReply";
  } catch (cause) {
    if (signal?.aborted) return { event: "Aborted", cause: signal.reason };
    if (cause === TIME_IS_UP) return { event: "TimedOut" };
    outcome.cause = cause;
  } finally {
    bound.end();
    // A reply that was read to its end is left alone: others may still be reading a clone of it.
    if (outcome.event !== "Reply") controller.abort();
  }
  return outcome;
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
  if (!signal?.aborted) await bound.stopped.catch(() => {});
  bound.end();
  return signal?.aborted ? { event: "Aborted", cause: signal.reason } : { event: "Slept" };
}

/**
 * A promise that is rejected when the time is up, with {@link TIME_IS_UP}, or when the signal fires. Its own `reject`
 * serves as timer callback and as listener.
 *
 * @param {number} ms
 * @param {AbortSignal | undefined} signal
 */
function limit(ms, signal) {
  /** @type {(reason: unknown) => void} */
  let stop = () => {};
  /** @type {Promise<never>} */
  const stopped = new Promise((_, reject) => {
    stop = reject;
  });
  stopped.catch(() => {}); // It may come when nothing is being waited for.
  const timer = setTimeout(stop, ms, TIME_IS_UP);
  signal?.addEventListener("abort", stop);
  const end = () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  };
  return { stopped, end };
}

/**
 * Reads the body into `outcome`, as far as it comes. Whether that is all of it.
 *
 * @param {Response} reply
 * @param {Outcome} outcome
 * @param {<T>(promise: T) => Promise<Awaited<T>>} wait
 */
async function readBody(reply, outcome, wait) {
  if (typeof reply.body?.getReader !== "function") {
    // No body, or a stand-in that has text only.
    outcome.body = String((await wait(reply.text?.())) ?? "");
    return outcome.body.length <= MAX_BODY_BYTES;
  }
  const reader = reply.body.getReader();
  const decoder = new TextDecoder();
  for (let size = 0; size <= MAX_BODY_BYTES; ) {
    const { done, value } = await wait(reader.read());
    outcome.body += decoder.decode(value, { stream: !done });
    if (done) return true;
    size += value.byteLength;
  }
  return false;
}
