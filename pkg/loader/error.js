// Errors as callers see them.

/**
 * @param {any} fields What the error carries: `kind`, `message`, perhaps `cause`, and the fields of its kind.
 * @returns {Error}
 */
export function ecsError({ message, cause, ...fields }) {
  let name = "EcsError";
  // Code that knows nothing of this package looks for these names.
  if (fields.kind === "aborted") name = Object(cause).name === "TimeoutError" ? "TimeoutError" : "AbortError";
  const error = new Error(message, cause === undefined ? {} : { cause });
  return Object.assign(error, { name, mayHaveStarted: false, attempts: 0, jobId: null, ...fields });
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
