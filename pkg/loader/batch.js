// Many disks: one at a time per server and per disk, several servers at once, all at one pace.
import { ecsError } from "./error.js";
import { report } from "./instance.js";

const EACH = "detachVolumeAndWait";
const DEFAULT_CONCURRENCY = 20;
const MAX_CONCURRENCY = 1000;

/** @typedef {import("../../src/web/types.js").DetachSettled} Settled */

/**
 * Detaches every target, and says of each what became of it, in the order of the targets. Rejects only where the
 * options are wrong, before anything is sent.
 *
 * @param {import("./instance.js").Instance} instance
 * @param {import("./options.js").Snapshot} options
 * @returns {Promise<Settled[]>}
 */
export async function runBatch(instance, options) {
  const { targets, concurrency = DEFAULT_CONCURRENCY, ...shared } = options.record;
  check(instance, targets, concurrency, shared);

  /** @type {Settled[]} */
  const results = new Array(targets.length);
  const counts = { total: targets.length, detached: 0, failed: 0 };
  // Carries the pace that all share; it is never run itself.
  const pacemaker = instance.prepare(EACH, null);

  /** @param {number} index */
  const detach = async (index) => {
    const target = targets[index];
    /** @type {(progress: object | null, settled?: Settled | null) => void} */
    const onProgress = (progress, settled = null) =>
      report(options.onProgress, { ...counts, index, target: { ...target }, progress, settled });
    try {
      const record = { ...shared, ...ownOptions(target) };
      const operation = instance.prepare(EACH, record);
      operation.share(pacemaker, performance.now());
      const value = await instance.run(EACH, operation, { ...options, record, onProgress });
      results[index] = { target: { ...target }, status: "fulfilled", value };
      counts.detached += 1;
    } catch (reason) {
      results[index] = { target: { ...target }, status: "rejected", reason: /** @type {any} */ (reason) };
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
  instance.release(pacemaker);
  return results;
}

/**
 * @param {import("./instance.js").Instance} instance
 * @param {any} targets
 * @param {any} concurrency
 * @param {object} shared
 */
function check(instance, targets, concurrency, shared) {
  /** @type {(option: string, rule: string) => never} */
  const refuse = (option, rule) => {
    throw ecsError({ kind: "options", message: `option "${option}" must be ${rule}`, option });
  };
  if (!(Number.isInteger(concurrency) && concurrency > 0 && concurrency <= MAX_CONCURRENCY)) {
    refuse("concurrency", `a whole number from 1 to ${MAX_CONCURRENCY}`);
  }
  if (!isList(targets)) refuse("targets", "an array of objects");
  for (const [index, target] of targets.entries()) {
    const name = `targets[${index}]`;
    if (typeof target !== "object" || target === null || Array.isArray(target)) refuse(name, "an object");
    // What all share is checked with the first; a stand-in takes its place for the others.
    const rest = index === 0 ? shared : { endpoint: "/", projectId: "-" };
    const own = ownOptions(target);
    const error = instance.check(EACH, { ...rest, ...own });
    if (!error) continue;
    const [kind, message, , , , option] = error;
    if (!Object.keys(own).includes(option)) throw ecsError({ kind, message, option });
    const inTarget = message.replace('option "', `option "${name}.`);
    throw ecsError({ kind, message: inTarget, option: `${name}.${option}` });
  }
}

/**
 * What a target says for itself, and no more: targets may be records of the caller's, with members that mean something
 * else. The names of `force` on the wire are refused, as everywhere.
 *
 * @param {Record<string, unknown>} target
 */
function ownOptions({ serverId, volumeId, force, deleteFlag, delete_flag }) {
  return { serverId, volumeId, force, deleteFlag, delete_flag };
}

/**
 * Whether a value was an array: what is none is written as one with a text in it.
 *
 * @param {any} value
 */
function isList(value) {
  return Array.isArray(value) && typeof value[0] !== "string";
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
