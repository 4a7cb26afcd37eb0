// The caller's options, as they are at the moment of the call. Only the names below are looked at, and each once.
import { isEcsError, optionsError } from "./error.js";

/** Options that are no objects. */
const SIMPLE = (
  "endpoint iamEndpoint projectId serverId volumeId jobId name force deleteFlag delete_flag credentials language " +
  "attemptTimeoutMs timeoutMs initialDelayMs pollIntervalMs maxPollIntervalMs ifNotAttached systemDisk concurrency"
).split(" ");
const AUTH = ["token", "accessKey", "secretKey", "securityToken"];
const RETRY = ["maxAttempts", "baseDelayMs", "maxDelayMs"];
/** What a target says for itself. The names of `force` on the wire are refused, as everywhere. */
const TARGET = ["serverId", "volumeId", "jobId", "force", "deleteFlag", "delete_flag"];

/** One more than are accepted: what is given may have no end. */
const MAX_HEADERS = 65;

/** Shorter values are no secrets, and blacking them out would spoil texts. */
const MIN_SECRET_CHARS = 6;

/**
 * @typedef {object} Snapshot
 * @property {any} record What JSON can hold. For the rest stands `{ typeof: "function" }`: the core says what it found.
 * @property {AbortSignal | undefined} signal
 * @property {typeof globalThis.fetch | undefined} fetch The caller's own.
 * @property {((progress: any) => void) | undefined} onProgress
 * @property {import("./credentials.js").AuthFunction | undefined} auth Where it is a function.
 */

/**
 * One call, as `src/web/host.rs` knows it: what was given for it, and what is known of its course.
 *
 * @typedef {Snapshot & Course & { options: string, isWatched: boolean, secrets: Set<string> }} Caller
 *
 * @typedef {object} Course
 * @property {Promise<unknown>} promise What the caller gets.
 * @property {(value: any) => void} resolve
 * @property {(reason: unknown) => void} reject
 * @property {(cause: unknown) => void} giveUp For when the module has stopped.
 * @property {object} [facts] What is certain.
 * @property {unknown} [cause] What was thrown last.
 * @property {() => void} [stop] Ends the wait that is under way.
 */

/**
 * Copies the options.
 *
 * @param {any} options
 * @returns {Snapshot}
 */
export function snapshot(options) {
  return attempt(null, () => {
    const given = isObject(options) ? options : {};
    const [signal, fetch, onProgress, auth, retry, headers, targets] = [
      "signal",
      "fetch",
      "onProgress",
      "auth",
      "retry",
      "headers",
      "targets",
    ].map((name) => read(given, name));
    check("signal", signal === undefined || isSignal(signal), "an AbortSignal", signal);
    const rule = fetch === undefined ? "given if there is no global fetch" : "a function";
    check("fetch", typeof (fetch === undefined ? globalThis.fetch : fetch) === "function", rule, fetch);
    check("onProgress", /undefined|function/.test(typeof onProgress), "a function", onProgress);
    const record = {
      ...pick(given, SIMPLE),
      auth: recordOf(auth, AUTH, "auth."),
      retry: recordOf(retry, RETRY, "retry."),
      headers: attempt("headers", () => pairs(headers)),
      targets: attempt("targets", () =>
        Array.isArray(targets)
          ? targets.map((target, index) => recordOf(target, TARGET, `targets[${index}].`))
          : simple(targets),
      ),
    };
    return {
      record: given === options ? record : (simple(options) ?? null),
      signal,
      fetch,
      onProgress,
      auth: typeof auth === "function" ? auth : undefined,
    };
  });
}

/**
 * @param {Snapshot} snapshot
 * @param {any} [record] In place of the snapshot's own.
 * @returns {Caller}
 */
export function prepare(snapshot, record = snapshot.record) {
  const caller = {
    ...snapshot,
    record,
    options: json(record),
    isWatched: snapshot.onProgress !== undefined,
    secrets: new Set(),
  };
  const { auth, headers } = Object(record);
  const values = Array.isArray(headers) ? headers.map(([, value]) => value) : [];
  addSecrets(caller, [...values, ...Object.values(Object(auth))]);
  // The rest is added in its course.
  return /** @type {any} */ (caller);
}

/**
 * Adds what must not be seen in an error: credentials, signatures, and the values of the caller's headers. Those of earlier
 * requests as well: what servers said to them is kept.
 *
 * @param {{ secrets: Set<string> }} caller
 * @param {unknown[]} values
 */
export function addSecrets({ secrets }, values) {
  for (const value of values) {
    if (typeof value === "string" && value.length >= MIN_SECRET_CHARS) secrets.add(value);
  }
}

/** What JSON can hold of credentials. @param {unknown} credentials */
export const authRecord = (credentials) => recordOf(credentials, AUTH, "auth.");

/**
 * A record as JSON. Half of a surrogate pair alone has no bytes in any text that is sent.
 *
 * @param {unknown} record
 */
export function json(record) {
  return attempt(null, () =>
    JSON.stringify(record ?? null).replace(/\\(ud[89a-f]..|.)/g, (found) => (found[2] ? "\ufffd" : found)),
  );
}

/**
 * @param {any} value
 * @param {string[]} names
 * @param {string} prefix
 */
function recordOf(value, names, prefix) {
  return isObject(value) ? pick(value, names, prefix) : simple(value);
}

/**
 * @param {any} object Of any class.
 * @param {string[]} names
 * @param {string} [prefix]
 */
function pick(object, names, prefix) {
  /** @type {Record<string, unknown>} */
  const record = {};
  for (const name of names) record[name] = simple(read(object, name, prefix));
  return record;
}

/** @param {any} object @param {string} name @param {string} [prefix] */
function read(object, name, prefix = "") {
  try {
    return object[name];
  } catch (cause) {
    throw unreadable(prefix + name, cause);
  }
}

/** @param {any} value */
function simple(value) {
  if (value == null || /string|boolean/.test(typeof value) || Number.isFinite(value)) return value;
  if (isUrl(value)) return String(value.href);
  return { typeof: Array.isArray(value) ? "array" : typeof value };
}

/**
 * Headers as pairs of name and value, from all that `fetch` takes.
 *
 * @param {any} headers
 */
function pairs(headers) {
  if (typeof headers !== "object" || headers === null) return simple(headers);
  /** @type {unknown[][]} */
  const found = [];
  /** @type {(value: unknown, name: unknown) => void} */
  const add = (value, name) => {
    const known = value === undefined ? { typeof: "undefined" } : simple(value);
    if (found.length < MAX_HEADERS) found.push([simple(name), known]);
  };
  if (typeof headers[Symbol.iterator] === "function") {
    for (const pair of headers) {
      // A text could be taken apart as well.
      if (typeof pair !== "object") return { typeof: "array" };
      const [name, value, ...more] = pair;
      add(more.length ? more : value, name);
      if (found.length === MAX_HEADERS) break;
    }
  } else if (typeof headers.forEach === "function") {
    headers.forEach(add);
  } else {
    // Inherited members count, too: headers may come from a record of defaults.
    for (const name in headers) add(read(headers, name, "headers."), name);
  }
  return found;
}

/** Also one of another frame, or a polyfill's. @param {any} value */
function isUrl(value) {
  return typeof value === "object" && typeof value.href === "string" && typeof value.toJSON === "function";
}

/** @param {unknown} value */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// By its shape, not by its class: a signal may come from another frame or a polyfill.
/** @param {any} signal */
function isSignal(signal) {
  const { addEventListener, removeEventListener } = Object(signal);
  return typeof addEventListener === "function" && typeof removeEventListener === "function";
}

/** @param {string} option @param {boolean} isRight @param {string} rule @param {unknown} value */
function check(option, isRight, rule, value) {
  if (isRight) return;
  const found = value === null ? "null" : `a value of type ${typeof value}`;
  throw optionsError(option, `option "${option}" must be ${rule}, got ${found}`);
}

/**
 * @template T
 * @param {string | null} option
 * @param {() => T} body
 * @returns {T}
 */
function attempt(option, body) {
  try {
    return body();
  } catch (cause) {
    throw isEcsError(cause) ? cause : unreadable(option, cause);
  }
}

/** @param {string | null} option @param {unknown} cause */
function unreadable(option, cause) {
  return optionsError(
    option,
    `${option === null ? "the options" : `option "${option}"`} cannot be read`,
    cause,
  );
}
