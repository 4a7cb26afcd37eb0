// The caller's options, as they are at the moment of the call.
import { ecsError } from "./error.js";

/**
 * @typedef {object} Snapshot
 * @property {any} record What JSON can hold.
 * @property {AbortSignal | undefined} signal
 * @property {typeof globalThis.fetch} fetch
 * @property {((progress: any) => void) | undefined} onProgress
 * @property {import("./credentials.js").AuthFunction | undefined} auth Where it is a function.
 */

/** Makes the copies: they inherit nothing. What `Object.create(null)` gives, engines read more slowly. */
function Bare() {}
Bare.prototype = Object.create(null);

/** The one option that is an array. */
const LIST = "targets";

/**
 * Copies the options: what JSON can hold, which the core checks, and the four that it cannot. What else JSON cannot
 * hold is written as an array with a name for it, so that the core can say what it found: no option of the core is an
 * array.
 *
 * @param {unknown} options
 * @returns {Snapshot}
 */
export function snapshot(options) {
  /** @type {string | null} */
  let option = null;

  /** @type {(value: unknown, prefix: string) => unknown} */
  const write = (value, prefix) => {
    if (value == null || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value !== "object") return Number.isFinite(value) ? value : [`a ${typeof value}`];
    if (isPlain(value)) return copy(value, prefix);
    if (option === LIST && Array.isArray(value)) return value.map((item) => write(item, `${LIST}[].`));
    const isUrl = Object.prototype.toString.call(value) === "[object URL]";
    return isUrl ? String(value) : ["another kind of object"];
  };

  // Inherited members count, too: options may come from a record of defaults.
  /** @param {any} object @param {string} prefix */
  const copy = (object, prefix) => {
    const record = new /** @type {any} */ (Bare)();
    for (const key in object) {
      option = prefix + key;
      record[key] = write(object[key], `${option}.`);
    }
    return record;
  };

  /** @type {(option: string | null, message: string, cause?: unknown) => never} */
  const refuse = (option, message, cause) => {
    throw ecsError({ kind: "options", message, option, cause });
  };

  /** @param {string} name @param {unknown} value @param {boolean} isRight @param {string} rule */
  const check = (name, value, isRight, rule) => {
    const found = value === null ? "null" : `a value of type ${typeof value}`;
    if (!isRight) refuse(name, `option "${name}" must be ${rule}, got ${found}`);
  };

  let signal;
  let fetch;
  let onProgress;
  let auth;
  let record;
  try {
    const given = Object(options);
    option = "signal";
    signal = given.signal;
    option = "fetch";
    fetch = given.fetch;
    option = "onProgress";
    onProgress = given.onProgress;
    option = "auth";
    auth = given.auth;
    option = null;
    const isObject = typeof options === "object" && options !== null;
    record = isObject ? copy(options, "") : (write(options, "") ?? ["nothing"]);
  } catch (cause) {
    refuse(
      option,
      option === null ? "the options cannot be read" : `option "${option}" cannot be read`,
      cause,
    );
  }
  // By its shape, not by its class: a signal may come from another frame or a polyfill.
  const hasMethod = (/** @type {string} */ name) => typeof signal?.[name] === "function";
  const isSignal = hasMethod("addEventListener") && hasMethod("removeEventListener");
  check("signal", signal, signal === undefined || isSignal, "an AbortSignal");
  const rule = fetch === undefined ? "given where there is no global fetch" : "a function";
  if (fetch === undefined) fetch = globalThis.fetch;
  check("fetch", fetch, typeof fetch === "function", rule);
  check("onProgress", onProgress, /undefined|function/.test(typeof onProgress), "a function");
  return { record, signal, fetch, onProgress, auth: typeof auth === "function" ? auth : undefined };
}

// Frames have prototypes of their own: a plain object is one whose prototype has none.
/** @param {object} value */
function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
