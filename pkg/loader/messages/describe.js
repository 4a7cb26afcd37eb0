// An error, or how far a call is, in the words of one language. What the service says itself is not part of it: callers
// show that separately.
import { isEcsError } from "../error.js";

/** @typedef {import("./texts.d.ts").Fate} Fate */
/** @typedef {import("./texts.d.ts").Text} Text */
/** @typedef {import("./texts.d.ts").Texts} Texts */

/** From here on, a wait is given in minutes. */
const MINUTES_FROM_MS = 100_000;
/** A shorter wait is not worth a sentence. */
const ANNOUNCED_FROM_MS = 1_000;

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
  const { kind, option, retryAfterMs, encodedAuthorizationMessage, jobId, doubt, lastFailure } = fields;
  const { wait, inUse, encoded, doubted, last } = texts.additions;
  const causes = [
    causeOf(texts, doubted, doubt, [title]),
    causeOf(texts, last, lastFailure, [title, titleOf(texts, doubt)]),
  ];
  const remedies = [
    remedy,
    kind === "options" && option && texts.additions.option.replace("{option}", () => option),
    encodedAuthorizationMessage && encoded,
    retryAfterMs > 0 && wait.replace("{time}", duration(texts, retryAfterMs)),
    kind === "timeout" && jobId && inUse,
    advice.replace("{jobId}", () => jobId),
  ];
  return {
    title,
    explanation: join(texts, [explanation, fate, ...causes]),
    remedy: join(texts, remedies),
  };
}

/**
 * @param {Texts} texts
 * @param {any} progress One of another version of this package may lack any field.
 * @returns {string}
 */
export function describeWork(texts, progress) {
  const { phase, nextInMs, lastFailure } = progress ?? {};
  const { failures, next, again, againNow, goesOn } = texts.progress;
  const time = nextInMs >= ANNOUNCED_FROM_MS && duration(texts, nextInMs);
  const at = (/** @type {string} */ sentence) => time && sentence.replace("{time}", time);
  if (!lastFailure) return join(texts, [stageOf(texts, progress ?? {}), at(next)]);
  const failure = own(failures, lastFailure.kind) ?? failures.other;
  // What made the fate unknown is followed by another question, not by the same one.
  if (phase === "settling") return join(texts, [failure, texts.progress.phases.settling, at(next)]);
  const isKnown = phase === "waiting" && lastFailure.kind !== "not-found";
  return join(texts, [failure, at(again) || againNow, isKnown && goesOn]);
}

/**
 * What the call does.
 *
 * @param {Texts} texts
 * @param {any} progress
 */
function stageOf({ progress: { phases, task, unknown } }, { phase, status, polls }) {
  if (phase !== "waiting") return own(phases, phase) ?? unknown;
  return polls > 0 ? (own(task, String(status).trim().toUpperCase()) ?? phases.waiting) : task.accepted;
}

/**
 * The most specific text: for the situation or the code, if the kind says no more than that; else the one for the kind.
 *
 * @param {Texts} texts
 * @param {any} error
 * @returns {Text}
 */
function textOf({ codes, kinds, situations, unknown }, error) {
  const { kind = "", errorCode, status, jobId } = error;
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
  if (jobId && kind === "decode") return situations.unreadableTask;
  // A task that has succeeded was known; then something else was not found.
  if (jobId && kind === "not-found" && !hasSucceeded(error)) return situations.unknownTask;
  return own(kinds, kind) ?? unknown;
}

/**
 * @param {any} error
 * @returns {Fate}
 */
function fateOf(error) {
  const { kind, errorCode, mayHaveStarted = true, jobId } = error;
  // A task, too, can end because the disk was gone before it.
  if (kind === "job-failed") return errorCode === "Ecs.0111" ? "detached" : "failed";
  if (kind === "not-attached") return mayHaveStarted ? "detached" : "absent";
  if (jobId && hasSucceeded(error)) return "succeeded";
  // What only reads denies nothing: the task that it asks for was accepted before.
  if (jobId) return kind === "not-found" ? "unclear" : "accepted";
  return mayHaveStarted ? "unclear" : "unchanged";
}

/** @param {{ jobStatus?: unknown }} error */
const hasSucceeded = ({ jobStatus }) => String(jobStatus).trim().toUpperCase() === "SUCCESS";

/**
 * A sentence with the title of a failure, unless that has been said.
 *
 * @param {Texts} texts
 * @param {string} sentence
 * @param {any} failure
 * @param {(string | undefined)[]} said
 */
function causeOf(texts, sentence, failure, said) {
  const title = titleOf(texts, failure);
  return title && !said.includes(title) && sentence.replace("{title}", () => title);
}

/** @param {Texts} texts @param {any} failure */
function titleOf(texts, failure) {
  if (!failure) return undefined;
  const { kind, code, status } = failure;
  return textOf(texts, { kind, errorCode: code, status })[0];
}

/** @param {Texts} texts @param {unknown[]} sentences */
function join({ space }, sentences) {
  return sentences.filter(Boolean).join(space);
}

/**
 * A member of a record, and none that all objects inherit.
 *
 * @param {Readonly<Record<string, any>>} record
 * @param {string} name
 */
function own(record, name) {
  return Object.keys(record).includes(name) ? record[name] : undefined;
}

/**
 * @param {Texts} texts
 * @param {number} ms
 */
function duration({ units }, ms) {
  const [unit, length] = ms >= MINUTES_FROM_MS ? [units.minutes, 60_000] : [units.seconds, 1_000];
  return unit.replace("{count}", String(Math.ceil(ms / length)));
}
