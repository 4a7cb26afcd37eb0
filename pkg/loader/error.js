// Errors as callers see them.
import { failure, job } from "./records.js";

/** The longest excerpt of a text that came from elsewhere, in characters. */
const EXCERPT_CHARS = 512;
/** Shorter values are no secrets, and blacking them out would spoil texts. */
const MIN_SECRET_CHARS = 6;

/**
 * @param {any} fields What the error carries: `kind`, `message`, perhaps `cause`, and the fields of its kind.
 * @returns {Error}
 */
export function ecsError({ message, cause, ...fields }) {
  let name = "EcsError";
  // Code that knows nothing of this package looks for these names.
  if (fields.kind === "aborted") name = Object(cause).name === "TimeoutError" ? "TimeoutError" : "AbortError";
  const error = new Error(message);
  // Older engines take no cause.
  if (cause !== undefined) {
    Object.defineProperty(error, "cause", { value: cause, writable: true, configurable: true });
  }
  return Object.assign(error, { name, mayHaveStarted: false, attempts: 0, jobId: null, ...fields });
}

/**
 * The error that the core describes: `src/web/record.rs` has the order.
 *
 * @param {any} description
 * @param {unknown[]} secrets What must not be seen: servers echo tokens.
 * @param {any[]} kept The replies that were kept.
 * @param {unknown} cause
 */
export function errorOf(description, secrets, kept, cause) {
  const [kind, ownReason, mayHaveStarted, attempts, jobId, option, ownAnswer] = description;
  const fields = { kind, mayHaveStarted, attempts, jobId };
  // No value is repeated in it: what would be blacked out are words of our own.
  if (kind === "options") return ecsError({ ...fields, option, message: excerpt(ownReason) });
  const [reason, answer] = masked([ownReason, ownAnswer], secrets);
  if (kind === "job-failed") {
    const document = masked(kept[kept.length - 1], secrets);
    const { errorCode, failReason } = failure(document);
    const message = compose(reason, errorCode, null, failReason);
    return ecsError({ ...fields, errorCode, failReason, job: job(document), message, cause });
  }
  // Without credentials there is no reply, and the fields are there all the same.
  if (answer ?? kind === "auth") return ecsError({ ...fields, ...fromReply(answer, reason), cause });
  return ecsError({ ...fields, message: excerpt(reason), cause });
}

/**
 * @param {any[] | null} answer
 * @param {string} reason
 */
function fromReply(answer, reason) {
  const [
    status = null,
    retryAfterMs = null,
    details = [],
    errorCode = null,
    generalCode = null,
    errorMessage = null,
    requestId = null,
    encodedAuthorizationMessage = null,
    foreignBody = null,
  ] = answer ?? [];
  const message = answer
    ? compose(`HTTP ${status}`, errorCode, generalCode, reason || (errorMessage ?? foreignBody))
    : excerpt(reason);
  return {
    status,
    errorCode,
    errorMessage,
    retryAfterMs,
    details: details.map((/** @type {any[]} */ [code, message]) => ({ code, message })),
    requestId,
    encodedAuthorizationMessage,
    bodyExcerpt: excerpt(foreignBody) || null,
    message,
  };
}

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
 * A value with every secret in it blacked out.
 *
 * @param {any} value
 * @param {unknown[]} secrets
 * @returns {any}
 */
function masked(value, secrets) {
  const mask = (/** @type {string} */ _, /** @type {unknown} */ part) => {
    if (typeof part !== "string") return part;
    let text = part;
    for (const secret of secrets) {
      if (typeof secret === "string" && secret.length >= MIN_SECRET_CHARS)
        text = text.split(secret).join("***");
    }
    return text;
  };
  return JSON.parse(JSON.stringify(value, mask));
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
