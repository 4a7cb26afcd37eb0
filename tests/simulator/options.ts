// What `cloud()` may be given. Anything else is refused by its name: a misspelt test would pass for the wrong reason.
import type * as Testing from "../../pkg/loader/testing/types.d.ts";
import { PROJECT_ID } from "./seed.ts";
import {
  checkMembers,
  flag,
  listOf,
  numberThat,
  record,
  refuseStrangers,
  required,
  type Shape,
  shown,
  text,
} from "./shapes.ts";

/** What has an id. */
interface Named {
  id: string;
}

const aboveZero = numberThat("a number above 0", (value) => value > 0 && Number.isFinite(value));
const secret: Shape = { ...text, isSecret: true };

const PROJECT = record({
  id: required(text),
  name: text,
  tokens: { ...listOf(secret), isSecret: true },
  accessKeys: listOf(
    record({ accessKey: required(secret), secretKey: required(secret), securityToken: secret }),
  ),
});
const SERVER = record({ id: required(text), projectId: text, name: text, status: text, isLocked: flag });
const DISK = record({
  id: required(text),
  serverId: { ...text, fits: (value) => value === null || text.fits(value) },
  isSystemDisk: flag,
  device: text,
  name: text,
  sizeGiB: aboveZero,
  bus: { expected: '"virtio" or "scsi"', fits: (value) => value === "virtio" || value === "scsi" },
  isFrozen: flag,
});
const OPTIONS = {
  projects: listOf(required(PROJECT)),
  servers: listOf(required(SERVER)),
  disks: listOf(required(DISK)),
  faults: { expected: "an array", fits: Array.isArray },
  // Infinite: a task that never ends.
  taskMs: numberThat("a number of milliseconds, 0 or more", (value) => value >= 0),
  now: {
    expected: "a number of milliseconds since 1970, or a function that returns one",
    fits: (value: unknown) => typeof value === "function" || Number.isFinite(value),
  },
  rateLimit: record({
    requests: required(numberThat("a whole number above 0", (value) => value > 0 && Number.isInteger(value))),
    windowMs: required(aboveZero),
  }),
};
const RULE = ["fault", "on", "volumeId", "after", "times"];

/** Throws a `TypeError` that names what is wrong. */
export function checkOptions(options: Testing.CloudOptions): void {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`cloud() must be given an object or nothing, got ${shown(options)}`);
  }
  checkMembers("cloud()", options, OPTIONS);
  const { projects = [{ id: PROJECT_ID }], servers = [], disks = [] } = options;
  for (const [name, list] of Object.entries({ projects, servers, disks })) checkIds(name, list);
  for (const [index, { projectId }] of servers.entries()) {
    if (projectId !== undefined) checkKnown(`option "servers[${index}].projectId"`, projectId, projects);
  }
  checkSystemDisks(disks);
}

/** Throws a `TypeError` that names what is wrong with a fault, except for its name and its numbers. */
export function checkFault(fault: Testing.Fault | Testing.FaultRule, disks: readonly Named[]): void {
  if (typeof fault === "string") return;
  if (typeof fault !== "object" || fault === null) {
    throw new TypeError(`a fault must be a name or an object, got ${shown(fault)}`);
  }
  refuseStrangers("a fault", fault, RULE);
  if (fault.volumeId !== undefined) checkKnown('"volumeId" of a fault', fault.volumeId, disks);
}

export function checkKnown(what: string, id: string, list: readonly Named[]): void {
  if (list.some((known) => known.id === id)) return;
  const ids = list.map((known) => known.id).join(", ") || "none";
  throw new TypeError(`${what} must be an id that the cloud has, got ${shown(id)}; it has ${ids}`);
}

function checkIds(name: string, list: readonly Named[]): void {
  const seen = new Set<string>();
  for (const [index, { id }] of list.entries()) {
    if (seen.has(id))
      throw new TypeError(`option "${name}[${index}].id" must be unique, got ${shown(id)} again`);
    seen.add(id);
  }
}

function checkSystemDisks(disks: readonly Testing.CloudDisk[]): void {
  const systemDiskOf = new Map<string, string>();
  for (const [index, { id, serverId, isSystemDisk }] of disks.entries()) {
    if (!isSystemDisk || !serverId) continue;
    const other = systemDiskOf.get(serverId);
    if (other !== undefined) {
      throw new TypeError(
        `option "disks[${index}].isSystemDisk" must not be true: ${shown(serverId)} has the system disk ${shown(other)}`,
      );
    }
    systemDiskOf.set(serverId, id);
  }
}
