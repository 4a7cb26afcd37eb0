// The caller's options, as they are at the moment of the call.
import { ecsError } from "./error.js";

/** @typedef {{ json: string, signal: AbortSignal | undefined, fetch: typeof globalThis.fetch }} Snapshot */

/**
 * Copies the options: JSON for what the core checks, and the two that JSON cannot hold. What else JSON cannot
 * hold is written as an array with a name for it, so that the core can say what it found: no option is an array.
 *
 * @param {unknown} options
 * @returns {Snapshot}
 */
export function snapshot(options) {
  /** @type {string | null} */
  let option = null;

  /** @param {unknown} value @param {string} prefix */
  const write = (value, prefix) => {
    if (isPlain(value)) return copy(value, prefix);
    if (Object.prototype.toString.call(value) === "[object URL]") return String(value);
    const isJson = value == null || /string|boolean/.test(typeof value) || Number.isFinite(value);
    return isJson ? value : [typeof value === "object" ? "another kind of object" : `a ${typeof value}`];
  };

  // Inherited members count, too: options may come from a record of defaults.
  /** @param {any} object @param {string} prefix */
  const copy = (object, prefix) => {
    const record = Object.create(null);
    for (const key in object) {
      option = prefix + key;
      record[key] = write(object[key], `${option}.`);
    }
    return record;
  };

  /** @type {(option: string | null, message: string, cause?: unknown) => never} */
  const refuse = (option, message, cause) => {
    throw ecsError({ kind: "options", message, mayHaveStarted: false, attempts: 0, option, cause });
  };

  /** @param {string} name @param {unknown} value @param {boolean} isRight @param {string} rule */
  const check = (name, value, isRight, rule) => {
    const found = value === null ? "null" : `a value of type ${typeof value}`;
    if (!isRight) refuse(name, `option "${name}" must be ${rule}, got ${found}`);
  };

  let signal;
  let fetch;
  let json = "";
  try {
    const given = Object(options);
    option = "signal";
    signal = given.signal;
    option = "fetch";
    fetch = given.fetch;
    option = null;
    const isObject = typeof options === "object" && options !== null;
    json = JSON.stringify(isObject ? copy(options, "") : write(options, "")) ?? '["nothing"]';
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
  return { json, signal, fetch };
}

// Frames have prototypes of their own: a plain object is one whose prototype has none.
/** @param {any} value */
function isPlain(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
