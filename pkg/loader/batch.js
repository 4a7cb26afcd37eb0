// Many disks: one at a time per server and per disk, several servers at once, all at one pace.
import { optionsError } from "./error.js";
import { report } from "./host.js";
import { prepare } from "./options.js";

const EACH = "detachVolumeAndWait";
const DEFAULT_CONCURRENCY = 20;
const MAX_CONCURRENCY = 1000;

/**
 * @typedef {import("../../src/web/types.js").DetachSettled} Settled
 * @typedef {import("../../src/web/types.js").OptionsError} OptionsError
 * @typedef {import("./options.js").Snapshot} Snapshot
 */

/**
 * Detaches every target, and says of each what became of it, in the order of the targets. Rejects only where the
 * options are wrong, before anything is sent.
 *
 * @param {import("./client.js").Instance} instance
 * @param {Snapshot} options
 * @returns {Promise<Settled[]>}
 */
export async function runBatch(instance, options) {
  const error = checkBatch(instance, options);
  if (error) throw error;
  const { guard, exports } = instance;
  const { targets, concurrency = DEFAULT_CONCURRENCY, ...shared } = options.record;
  /** @type {Settled[]} */
  const results = new Array(targets.length);
  const counts = { total: targets.length, detached: 0, failed: 0 };
  const batch = guard.enter(() => new exports.Batch());

  /** @param {number} index */
  const detach = async (index) => {
    const target = JSON.parse(JSON.stringify(targets[index]));
    /** @type {(progress: object | null, settled?: Settled | null) => void} */
    const onProgress = (progress, settled = null) =>
      report(options.onProgress, { ...counts, index, target: { ...target }, progress, settled });
    try {
      const caller = prepare({ ...options, onProgress }, { ...shared, ...targets[index] });
      const value = await guard.run(caller, () => batch[EACH](caller));
      results[index] = { target, status: "fulfilled", value };
      counts.detached += 1;
    } catch (reason) {
      results[index] = { target, status: "rejected", reason: /** @type {any} */ (reason) };
      counts.failed += 1;
    }
    onProgress(null, results[index]);
  };

  const queues = [...groupByServer(targets).values()];
  const oneAtATime = inTurns();
  const worker = async () => {
    for (let queue = queues.shift(); queue; queue = queues.shift()) {
      for (const index of queue) await oneAtATime(targets[index].volumeId, () => detach(index));
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, queues.length) }, worker));
  guard.free(batch);
  return results;
}

/**
 * What is wrong with the options of a batch, if anything is.
 *
 * @param {import("./client.js").Instance} instance
 * @param {Snapshot} options
 * @returns {OptionsError | null}
 */
export function checkBatch({ guard, exports }, options) {
  /** @param {any} [record] */
  const check = (record) => guard.enter(() => exports.check(EACH, prepare(options, record)));
  const { targets, concurrency = DEFAULT_CONCURRENCY, ...shared } = options.record ?? {};
  if (!isRecord(options.record)) return check();
  if (!(Number.isInteger(concurrency) && concurrency > 0 && concurrency <= MAX_CONCURRENCY)) {
    return refusal("concurrency", `a whole number from 1 to ${MAX_CONCURRENCY}`);
  }
  if (!Array.isArray(targets)) return refusal("targets", "an array of objects");
  for (const [index, target] of targets.entries()) {
    const name = `targets[${index}]`;
    if (!isRecord(target)) return refusal(name, "an object");
    // What all share is checked with the first; a stand-in takes its place for the others.
    const rest = index === 0 ? shared : { endpoint: "/", projectId: "-" };
    const error = check({ ...rest, ...target });
    if (!error) continue;
    const { message, option } = error;
    if (option === null || !(option in target)) return error;
    return optionsError(`${name}.${option}`, message.replace('option "', `option "${name}.`));
  }
  return null;
}

/** Whether a value was an object of the caller's: for another one stands a word. @param {any} value */
function isRecord(value) {
  return typeof value === "object" && value !== null && value.typeof === undefined;
}

/** @param {string} option @param {string} rule */
function refusal(option, rule) {
  return optionsError(option, `option "${option}" must be ${rule}`);
}

/**
 * The indices of the targets of each server, both in the order of the targets.
 *
 * @param {{ serverId: string }[]} targets
 */
function groupByServer(targets) {
  /** @type {Map<string, number[]>} */
  const queues = new Map();
  for (const [index, { serverId }] of targets.entries()) {
    const queue = queues.get(serverId);
    if (queue) queue.push(index);
    else queues.set(serverId, [index]);
  }
  return queues;
}

/** Runs tasks of the same name one after the other: a disk can be attached to several servers. */
function inTurns() {
  /** @type {Map<string, Promise<void>>} */
  const last = new Map();
  return async (/** @type {string} */ name, /** @type {() => Promise<void>} */ task) => {
    const turn = (last.get(name) ?? Promise.resolve()).then(task);
    last.set(name, turn);
    await turn;
    if (last.get(name) === turn) last.delete(name);
  };
}
