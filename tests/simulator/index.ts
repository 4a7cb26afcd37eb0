import { ADMIN_PREFIX, administer } from "./admin.ts";
import { Cloud, type CloudOptions } from "./cloud.ts";
import { answer, type World } from "./exchange.ts";
import { ConnectionLost } from "./faults.ts";
import { createFetch } from "./fetch.ts";
import { RequestLog } from "./log.ts";
import { createRoutes } from "./routes.ts";
import { type FaultRule, FaultRules } from "./rules.ts";
import { defaultSeed } from "./seed.ts";
import type { Attachment, Disk, Job, JobStatus, ReceivedRequest, Seed, Server } from "./types.ts";

export { FAULT_NAMES, type Fault, type FaultName } from "./faults.ts";
export {
  DISK_IDS,
  defaultSeed,
  OTHER_PROJECT_ID,
  OTHER_TOKEN,
  PROJECT_ID,
  SERVER_IDS,
  TOKEN,
} from "./seed.ts";
export type * from "./types.ts";
export { ConnectionLost, type FaultRule };

export interface SimulatorOptions {
  /** The clock, in epoch milliseconds; default `Date.now`. */
  now?: () => number;
  /** What the cloud starts with; default `defaultSeed()`. */
  seed?: Seed;
  /** From acceptance to SUCCESS or FAIL; default 3000. */
  jobDurationMs?: number;
  /** How long a finished job can be queried; default one day, as documented. */
  jobRetentionMs?: number;
  /** Default true; false stands for a proxy in front that has logged in. */
  requireToken?: boolean;
}

/** What the cloud looks like now; every read gives new lists of copies. */
export interface SimulatorState {
  readonly servers: Server[];
  readonly disks: (Disk & { status: string })[];
  readonly attachments: Attachment[];
  readonly jobs: (Job & { status: JobStatus })[];
}

export interface Simulator {
  /** Rejects with `ConnectionLost` where a connection would break. */
  handle(request: Request): Promise<Response>;
  /** A stand-in for the global one; relative URLs are below http://simulator.localhost. */
  fetch: typeof globalThis.fetch;
  state: SimulatorState;
  /** The last 1000 requests, oldest first. */
  requests: readonly ReceivedRequest[];
  faults: { add(rule: FaultRule): void; clear(): void };
  /** Back to the start: seed data, no jobs, no faults, no requests, counters at zero. */
  reset(): void;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** A simulated cloud: the ECS calls around attaching and detaching disks, and faults on request. */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { now = Date.now, requireToken = true } = options;
  const cloudOptions: CloudOptions = {
    seed: options.seed ?? defaultSeed(),
    now,
    jobDurationMs: options.jobDurationMs ?? 3000,
    jobRetentionMs: options.jobRetentionMs ?? DAY_MS,
  };
  const log = new RequestLog(now);
  const rules = new FaultRules();
  let world = createWorld();

  const sim: Simulator = {
    handle: (request) => receive(request, request.signal),
    fetch: createFetch(receive),
    state: observe(() => world.cloud),
    requests: log.entries,
    faults: { add: (rule) => rules.add(rule), clear: () => rules.clear() },
    reset() {
      world = createWorld();
      rules.clear();
      log.clear();
    },
  };
  return sim;

  function createWorld(): World {
    const cloud = new Cloud(cloudOptions);
    return { cloud, routes: createRoutes(cloud, requireToken), rules };
  }

  async function receive(request: Request, signal: AbortSignal | undefined): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    if (pathname.startsWith(ADMIN_PREFIX)) {
      return administer(sim, request.method, pathname, await request.text());
    }

    const url = pathname + search;
    const { entry, requestId } = log.open(request, url);
    try {
      const body = await request.text();
      entry.body = body;
      const reply = await answer(world, { request, url, body, requestId, signal });
      reply.headers.set("X-Request-Id", requestId);
      entry.answered = reply.status;
      return reply;
    } catch (error) {
      entry.answered = "dropped";
      throw error;
    }
  }
}

function observe(current: () => Cloud): SimulatorState {
  const settled = () => {
    const cloud = current();
    cloud.settle();
    return cloud;
  };
  return {
    get servers() {
      return settled()
        .servers()
        .map((server) => ({ ...server }));
    },
    get disks() {
      const cloud = settled();
      return cloud.disks().map((disk) => ({ ...disk, status: cloud.diskStatus(disk.id) }));
    },
    get attachments() {
      return settled()
        .attachments()
        .map((found) => ({ ...found }));
    },
    get jobs() {
      const cloud = settled();
      return cloud.jobs().map((job) => ({ ...job, status: cloud.jobStatus(job) }));
    },
  };
}
