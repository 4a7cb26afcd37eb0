// `ecs-detach-volume/testing`: the simulator as a function that stands in for `fetch`. Its types, which say what
// everything is, are in pkg/loader/testing/types.d.ts.

import type * as Testing from "../../pkg/loader/testing/types.d.ts";
import { createSimulator, type FaultRule, type Simulator } from "./index.ts";
import { checkFault, checkKnown, checkOptions } from "./options.ts";
import { meetingOf, PLACES } from "./places.ts";
import { hasOwn } from "./platform.ts";
import { DISK_IDS, PROJECT_ID, SERVER_IDS } from "./seed.ts";
import { shown } from "./shapes.ts";
import type { Seed } from "./types.ts";

export { FAULT_NAMES } from "./faults.ts";
export { PROJECT_ID } from "./seed.ts";

export const SERVER_ID = SERVER_IDS.web;
export const SYSTEM_DISK_ID = DISK_IDS.webSystem;
export const DATA_DISK_ID = DISK_IDS.webData;

const DISKS: readonly Testing.CloudDisk[] = [
  { id: SYSTEM_DISK_ID, serverId: SERVER_ID, isSystemDisk: true },
  { id: DATA_DISK_ID, serverId: SERVER_ID },
];

export const cloud: typeof Testing.cloud = (options = {}) => {
  checkOptions(options);
  if (typeof Request === "undefined" || typeof Response === "undefined") {
    throw new Error("cloud() needs the globals Request and Response; under Jest, jest-fixed-jsdom has them");
  }
  const { projects = [], taskMs = 1000, now, rateLimit, faults = [] } = options;
  const simulator = createSimulator({
    seed: seedOf(options),
    jobDurationMs: taskMs,
    requireToken: projects.some(({ tokens, accessKeys }) => tokens || accessKeys),
    pathOf: withoutBasePath,
    ...(now === undefined ? {} : { now }),
    ...(rateLimit === undefined ? {} : { rateLimit }),
  });
  const addFault: Testing.Cloud["addFault"] = (fault) => simulator.faults.add(ruleOf(fault, simulator));
  const addAll = () => faults.forEach(addFault);
  addAll();

  const members: Omit<Testing.Cloud, "fetch"> = {
    get requests() {
      return simulator.requests.map(requestView);
    },
    get disks() {
      return disksOf(simulator);
    },
    get tasks() {
      return simulator.state.jobs.map(({ id, serverId, volumeId, status }) => {
        return { jobId: id, serverId, volumeId, status };
      });
    },
    isAttached(volumeId) {
      const disks = disksOf(simulator);
      checkKnown("the disk", volumeId, disks);
      return disks.some(({ id, serverId }) => id === volumeId && serverId !== null);
    },
    now: simulator.now,
    advance: simulator.advance,
    addFault,
    clearFaults: simulator.faults.clear,
    reset() {
      simulator.reset();
      addAll();
    },
  };
  const fetch: typeof globalThis.fetch = (input, init) => simulator.fetch(input, init);
  return Object.defineProperties(fetch, Object.getOwnPropertyDescriptors(members)) as Testing.Cloud;
};

/** Where the API begins. What comes before is a proxy's base path, which may have a version of its own. */
const API = /\/v\d\/(?:projects$|[^/]+\/(?:cloudservers|cloudvolumes|jobs)\/)/;

function withoutBasePath(pathname: string): string {
  const start = pathname.search(API);
  return start > 0 ? pathname.slice(start) : pathname;
}

function seedOf({ projects, servers, disks = servers ? [] : DISKS }: Testing.CloudOptions): Seed {
  const [firstProject] = projects ?? [];
  const projectId = firstProject?.id ?? PROJECT_ID;
  const projectOf = new Map(servers?.map((server) => [server.id, server.projectId ?? projectId]));
  const implied = disks.flatMap(({ serverId }) => (serverId && !projectOf.has(serverId) ? [serverId] : []));
  const letters = new Map<string, number>();
  return {
    projects: (projects ?? [{ id: PROJECT_ID, name: "cn-north-4" }]).map(
      ({ id, name, tokens, accessKeys }) => {
        return {
          id,
          domainId: DOMAIN_ID,
          name: name ?? id,
          tokens: tokens ?? [],
          accessKeys: accessKeys ?? [],
        };
      },
    ),
    servers: [...(servers ?? []), ...[...new Set(implied)].map((id): Testing.CloudServer => ({ id }))].map(
      ({ id, projectId: own = projectId, name = id, status = "ACTIVE", isLocked = false }) => {
        return { id, projectId: own, name, status, locked: isLocked };
      },
    ),
    disks: disks.map((disk) => ({
      id: disk.id,
      projectId: projectOf.get(disk.serverId ?? "") ?? projectId,
      name: disk.name ?? disk.id,
      sizeGiB: disk.sizeGiB ?? 100,
      bus: disk.bus ?? "virtio",
      bootable: disk.isSystemDisk ?? false,
      frozen: disk.isFrozen ?? false,
    })),
    attachments: disks.flatMap(({ id, serverId, isSystemDisk, device }) => {
      if (!serverId) return [];
      // The first letter is the system disk's.
      const next = (letters.get(serverId) ?? 0) + (isSystemDisk ? 0 : 1);
      letters.set(serverId, next);
      const given = `/dev/vd${String.fromCharCode(97 + (isSystemDisk ? 0 : next))}`;
      const bootIndex = isSystemDisk ? 0 : -1;
      return [{ serverId, volumeId: id, device: device ?? given, pciAddress: "", bootIndex }];
    }),
  };
}

/** The account of all projects. */
const DOMAIN_ID = "00000000000000000000000000000d01";

function ruleOf(fault: Testing.Fault | Testing.FaultRule, simulator: Simulator): FaultRule {
  checkFault(fault, simulator.state.disks);
  const rule: Testing.FaultRule = typeof fault === "string" ? { fault } : fault;
  const [name = ""] = String(rule.fault).split(":");
  const meeting = meetingOf(name as Testing.FaultName);
  const { on = meeting.on, times = meeting.times, after = 0, volumeId } = rule;
  const place = hasOwn(PLACES, on) ? PLACES[on] : undefined;
  if (!place) throw new TypeError(`"on" must be one of ${Object.keys(PLACES).join(", ")}, got ${shown(on)}`);
  const { method, path } = place;
  const isAbout = (asked: string) =>
    (!path || path.test(asked)) && (volumeId === undefined || volumeOf(asked, simulator) === volumeId);
  return {
    fault: rule.fault,
    path: isAbout,
    after,
    ...(method ? { method } : {}),
    ...(times === Number.POSITIVE_INFINITY ? {} : { times }),
  };
}

/** The disk that a request is about; that of a poll is the task's. */
function volumeOf(path: string, simulator: Simulator): string | undefined {
  const [, kind, id = ""] = /\/(detachvolume|block_device|jobs)\/([^/?]+)/.exec(path) ?? [];
  if (kind !== "jobs") return kind && decodeURIComponent(id);
  return simulator.state.jobs.find((job) => job.id === id)?.volumeId;
}

function requestView({
  at,
  method,
  url,
  headers,
  answered,
}: Simulator["requests"][number]): Testing.CloudRequest {
  const [path = "", query = ""] = url.split("?");
  return { at, method, path, query: Object.fromEntries(new URLSearchParams(query)), headers, answered };
}

function disksOf({ state }: Simulator): Testing.CloudDiskState[] {
  const attachments = new Map(state.attachments.map((found) => [found.volumeId, found]));
  return state.disks.map(({ id, name, status }) => {
    const { serverId = null, device = null, bootIndex = null } = attachments.get(id) ?? {};
    return { id, name, serverId, device, isSystemDisk: bootIndex === 0, status };
  });
}
