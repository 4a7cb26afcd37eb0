// The errors that come from outside the WebAssembly module, and the guard for all of them.

/**
 * @param {"options" | "wasm"} kind
 * @param {string} message
 * @param {object} fields
 * @param {unknown} cause
 */
export function ecsError(kind, message, fields, cause) {
  return Object.assign(new Error(message, { cause }), { name: "EcsError", kind, ...fields });
}

/**
 * By its fields, not by its class: errors cross frames, and a page can hold several copies of this package.
 *
 * @type {typeof import("../index.js").isEcsError}
 */
export function isEcsError(error) {
  const { name, kind } = Object(error);
  return typeof kind === "string" && /^(Ecs|Abort|Timeout)Error$/.test(name);
}
