// An error in the words of one language. What the service says itself is not part of it: callers show that apart.
import { isEcsError } from "../error.js";

/** @typedef {import("./texts.d.ts").Fate} Fate */
/** @typedef {import("./texts.d.ts").Text} Text */
/** @typedef {import("./texts.d.ts").Texts} Texts */

/** From here on, a wait is told in minutes. */
const MINUTES_FROM_MS = 100_000;

/**
 * @param {Texts} texts
 * @param {unknown} error
 * @returns {import("./types.d.ts").ErrorDescription}
 */
export function describe(texts, error) {
  /** @type {any} An error of another version of this package may lack any field. */
  const fields = isEcsError(error) ? error : {};
  const [title, explanation, remedy] = textOf(texts, fields);
  const [fate, advice] = texts.fates[fateOf(fields)];
  const { kind, option, retryAfterMs, encodedAuthorizationMessage, jobId } = fields;
  const { wait, inUse, encoded } = texts.additions;
  const remedies = [
    remedy,
    kind === "options" && option && texts.additions.option.replace("{option}", () => option),
    encodedAuthorizationMessage && encoded,
    retryAfterMs > 0 && wait.replace("{time}", duration(texts.locale, retryAfterMs)),
    kind === "timeout" && jobId && inUse,
    advice.replace("{jobId}", () => jobId),
  ];
  const join = (/** @type {unknown[]} */ sentences) => sentences.filter(Boolean).join(texts.space);
  return { title, explanation: join([explanation, fate]), remedy: join(remedies) };
}

/**
 * The text for the code, where the kind says no more than that; else the one for the kind.
 *
 * @param {Texts} texts
 * @param {{ kind?: string, errorCode?: unknown, status?: unknown }} error
 * @returns {Text}
 */
function textOf({ codes, kinds, unknown }, { kind = "", errorCode, status }) {
  // APIG and APIC are the same gateway under other names (dedicated, ROMA).
  const code = String(errorCode).replace(/^API[GC]\./, "APIGW.");
  // The compute service's refusal has this one code for whatever it did not find; then the kind says what.
  const isNamed = code === "Ecs.1000" && (kind === "not-found" || kind === "not-attached");
  const names = isNamed ? [] : [`${code}/${status}`, code];
  // What the disk service says of a task has more codes than are published.
  if (kind === "api" || kind === "job-failed") names.push(code.replace(/^EVS\..*/, "EVS.*"));
  for (const name of names) {
    const found = codes.find(([of]) => of.split(" ").includes(name));
    if (found) return [found[1], found[2], found[3]];
  }
  return Object.keys(kinds).includes(kind) ? kinds[/** @type {keyof typeof kinds} */ (kind)] : unknown;
}

/**
 * @param {{ kind?: string, errorCode?: unknown, mayHaveStarted?: boolean, jobId?: string | null }} error
 * @returns {Fate}
 */
function fateOf({ kind, errorCode, mayHaveStarted = true, jobId }) {
  // A task, too, can end because the disk was gone before it.
  if (kind === "job-failed") return errorCode === "Ecs.0111" ? "detached" : "failed";
  if (kind === "not-attached") return mayHaveStarted ? "detached" : "absent";
  // What only reads denies nothing: the task that it asks for was accepted before.
  if (jobId) return kind === "not-found" ? "unclear" : "accepted";
  return mayHaveStarted ? "unclear" : "unchanged";
}

/**
 * @param {string} locale
 * @param {number} ms
 */
function duration(locale, ms) {
  const isLong = ms >= MINUTES_FROM_MS;
  const unit = isLong ? "minute" : "second";
  const format = new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" });
  return format.format(Math.ceil(ms / (isLong ? 60_000 : 1_000)));
}
