import { ADMIN_PREFIX, administer } from "./admin.ts";
import type { VerifyToken } from "./callers.ts";
import { Clock } from "./clock.ts";
import { Cloud, type CloudOptions } from "./cloud.ts";
import { answer, type World } from "./exchange.ts";
import { ConnectionLost } from "./faults.ts";
import { createFetch } from "./fetch.ts";
import { type RateLimit, RequestLimit } from "./limit.ts";
import { RequestLog } from "./log.ts";
import { httpDate } from "./replies.ts";
import { createRoutes } from "./routes.ts";
import { type FaultRule, FaultRules } from "./rules.ts";
import { defaultSeed } from "./seed.ts";
import type { Attachment, Disk, Job, JobStatus, ReceivedRequest, Seed, Server } from "./types.ts";

export { FAULT_NAMES, type Fault, type FaultName } from "./faults.ts";
export {
  ACCESS_KEY,
  DISK_IDS,
  defaultSeed,
  OTHER_PROJECT_ID,
  OTHER_TOKEN,
  PROJECT_ID,
  SECRET_KEY,
  SERVER_IDS,
  TEMPORARY_KEYS,
  TOKEN,
} from "./seed.ts";
export type * from "./types.ts";
export { ConnectionLost, type FaultRule, type RateLimit, type VerifyToken };

export interface SimulatorOptions {
  /** The clock to follow, or where it stands until `advance` moves it; epoch milliseconds. Default: `Date.now`. */
  now?: number | (() => number);
  /** What the cloud starts with; default `defaultSeed()`. */
  seed?: Seed;
  /** From acceptance to SUCCESS or FAIL; default 3000. */
  jobDurationMs?: number;
  /** How long a finished job can be queried; default one day, as documented. */
  jobRetentionMs?: number;
  /** Default true; false stands for a proxy in front that has logged in: neither tokens nor signatures count. */
  requireToken?: boolean;
  /** Who a token belongs to, instead of the seed's tokens: the id of its project, `undefined` where it is not good. */
  verifyToken?: VerifyToken;
  /** The path in the API, given that of a URL; default: the same. Signatures cover the one in the URL. */
  pathOf?: (pathname: string) => string;
  /** How many requests are answered in each window of the clock; default: all. */
  rateLimit?: RateLimit;
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
  /** Epoch milliseconds on the simulator's clock. */
  now(): number;
  /** Moves the clock forward: jobs go on, delays and outages end. */
  advance(ms: number): void;
  /** Back to the start: seed data, no jobs, no faults, no requests, counters at zero. The clock goes on. */
  reset(): void;
}

/** Looked up at each call: a test may replace it later. */
const currentMs = () => Date.now();

const DAY_MS = 24 * 60 * 60 * 1000;

/** A simulated cloud: the ECS calls around attaching and detaching disks, and faults on request. */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { requireToken = true, rateLimit, pathOf = (pathname) => pathname } = options;
  const clock = new Clock(options.now ?? currentMs);
  const { now } = clock;
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
    now,
    advance: (ms) => clock.advance(ms),
    reset() {
      world = createWorld();
      rules.clear();
      log.clear();
    },
  };
  return sim;

  function createWorld(): World {
    const cloud = new Cloud(cloudOptions);
    const ofSeed: VerifyToken = async (token) => cloud.projectOfToken(token)?.id;
    const verifyToken = requireToken ? (options.verifyToken ?? ofSeed) : undefined;
    const limit = rateLimit && new RequestLimit(rateLimit);
    return { clock, cloud, limit, routes: createRoutes(cloud, verifyToken), rules, outage: undefined };
  }

  async function receive(request: Request, signal: AbortSignal | undefined): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    if (pathname.startsWith(ADMIN_PREFIX)) {
      return administer(sim, request.method, pathname, await request.text());
    }

    const url = pathOf(pathname) + search;
    const { entry, requestId } = log.open(request, url);
    try {
      const bytes = new Uint8Array(await request.arrayBuffer());
      // jsdom has no decoder; what this package sends has no body.
      const body = bytes.length > 0 ? new TextDecoder().decode(bytes) : "";
      entry.body = body;
      const reply = await answer(world, { request, url, body, bytes, requestId, signal });
      reply.headers.set("X-Request-Id", requestId);
      if (!reply.headers.has("Date")) reply.headers.set("Date", httpDate(now()));
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
