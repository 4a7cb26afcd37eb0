// The caller's options, as they are at the moment of the call.
import { ecsError } from "./error.js";

/**
 * Copies the options: JSON for what the core checks, and the two that JSON cannot hold. What else JSON cannot
 * hold is written as an array with a name for it, so that the core can say what it found: no option is an array.
 *
 * @param {unknown} options
 */
export function snapshot(options) {
  /** @type {string | null} */
  let option = null;

  /** @param {unknown} value @param {string} prefix */
  const write = (value, prefix) => {
    if (isPlain(value)) return copy(value, prefix);
    if (Object.prototype.toString.call(value) === "[object URL]") return String(value);
    const isWritable = value === undefined || value === null || /string|boolean/.test(typeof value);
    return isWritable || Number.isFinite(value)
      ? value
      : [typeof value === "object" ? "another kind of object" : `a ${typeof value}`];
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

  try {
    const { signal, fetch } = Object(options);
    const isObject = typeof options === "object" && options !== null;
    const json = JSON.stringify(isObject ? copy(options, "") : write(options, "")) ?? '["nothing"]';
    return { json, signal, fetch: fetch === undefined ? globalThis.fetch : fetch };
  } catch (cause) {
    throw ecsError({ kind: "options", message: `option "${option}" cannot be read`, option, cause });
  }
}

// Frames have prototypes of their own: a plain object is one whose prototype has none.
/** @param {any} value */
function isPlain(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
