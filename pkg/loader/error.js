// Errors as callers see them.

/** The longest excerpt of a text that came from elsewhere, in characters. */
const EXCERPT_CHARS = 512;

/** What every error has. */
const NOTHING_KNOWN = {
  mayHaveStarted: false,
  attempts: 0,
  jobId: null,
  jobStatus: null,
  doubt: null,
  lastFailure: null,
  requestId: null,
  detachRequestId: null,
};

/**
 * @param {any} fields What the error carries: `kind`, `message`, perhaps `cause`, and the fields of its kind.
 * @returns {Error}
 */
export function ecsError({ message, cause, ...fields }) {
  let name = "EcsError";
  // Code that knows nothing of this package looks for these names.
  if (fields.kind === "aborted") name = isTimeout(cause) ? "TimeoutError" : "AbortError";
  const error = new Error(message);
  // Defined, not assigned: what an error inherits may be frozen. And not all engines know a cause.
  for (const [key, value] of Object.entries({ name, cause, toJSON })) {
    if (value !== undefined) {
      Object.defineProperty(error, key, { value, writable: true, configurable: true });
    }
  }
  return Object.assign(error, NOTHING_KNOWN, fields);
}

/** Whether a reason for an abort, which may be anything, says that time is up. @param {unknown} reason */
function isTimeout(reason) {
  try {
    return Object(reason).name === "TimeoutError";
  } catch {
    return false;
  }
}

/**
 * @param {string | null} option
 * @param {string} message
 * @param {unknown} [cause]
 * @returns {any}
 */
export function optionsError(option, message, cause) {
  return ecsError({ kind: "options", message, option, cause });
}

/**
 * What `isEcsError` and `describeError` need: a clone of an error would lack its fields. Without the cause, which may
 * be anything.
 *
 * @this {Error}
 */
function toJSON() {
  const { name, message } = this;
  return Object.assign({ name, message }, this);
}

/**
 * The error that the core describes: `src/web/value.rs` has the names.
 *
 * @param {any} description
 * @param {Set<string>} secrets What must not be seen: servers echo tokens.
 * @param {unknown} cause
 */
export function errorOf({ kind, jobId, doubt, lastFailure, ...others }, secrets, cause) {
  // No value is repeated in it: what would be blacked out are words of our own.
  const clean = kind === "options" ? others : masked(others, secrets);
  const { reason, answer, failed, ...known } = clean;
  const fields = {
    ...known,
    kind,
    jobId,
    doubt: failureOf(doubt, secrets),
    lastFailure: failureOf(lastFailure, secrets),
    cause,
  };
  if (failed) {
    const message = compose(reason, failed.errorCode, null, failed.failReason);
    return ecsError({ ...fields, ...failed, message });
  }
  // Some of these errors are not about one reply, and the fields are there all the same. The last request can be a later one
  // than that of the reply.
  if (answer || /^(auth|not-found|decode)$/.test(kind))
    return ecsError({ ...fromReply(answer, reason), ...fields });
  return ecsError({ ...fields, message: excerpt(reason) });
}

/**
 * A request that failed, in short.
 *
 * @param {any} failure
 * @param {Set<string>} secrets
 */
export function failureOf(failure, secrets) {
  if (!failure) return null;
  const clean = masked(failure, secrets);
  return { ...clean, kind: failure.kind, message: excerpt(clean.message) };
}

/**
 * A value with every secret in it blacked out.
 *
 * @param {any} value
 * @param {Set<string>} secrets
 * @returns {any}
 */
function masked(value, secrets) {
  const mask = (/** @type {string} */ _, /** @type {unknown} */ part) => {
    if (typeof part !== "string") return part;
    let text = part;
    for (const secret of secrets) text = text.split(secret).join("***");
    return text;
  };
  return JSON.parse(JSON.stringify(value, mask));
}

/**
 * What is known of a reply; `null` where none came.
 *
 * @param {any} answer
 * @param {string} reason
 */
function fromReply(answer, reason) {
  const { generalCode, foreignBody, ...fields } = answer ?? NO_ANSWER;
  const { status, errorCode, errorMessage } = fields;
  const message = answer
    ? compose(`HTTP ${status}`, errorCode, generalCode, reason || (errorMessage ?? foreignBody))
    : excerpt(reason);
  return { ...fields, bodyExcerpt: excerpt(foreignBody) || null, message };
}

const NO_ANSWER = {
  status: null,
  errorCode: null,
  errorMessage: null,
  retryAfterMs: null,
  details: [],
  encodedAuthorizationMessage: null,
};

/**
 * One line of bounded length for people.
 *
 * @param {string} lead
 * @param {string | null} code
 * @param {string | null} generalCode
 * @param {string | null} said
 */
function compose(lead, code, generalCode, said) {
  const part = (/** @type {string} */ sign, /** @type {string | null} */ text) =>
    excerpt(text) && sign + excerpt(text);
  return excerpt(lead) + part(", ", code) + part(" under ", generalCode) + part(": ", said);
}

/**
 * The beginning of a text on one line.
 *
 * @param {string | null | undefined} text
 */
function excerpt(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are folded like white space.
  const line = (text ?? "").replace(/[\s\0-\x1f\x7f-\x9f]+/g, " ").trim();
  return Array.from(line.slice(0, 2 * EXCERPT_CHARS))
    .slice(0, EXCERPT_CHARS)
    .join("")
    .trim();
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
