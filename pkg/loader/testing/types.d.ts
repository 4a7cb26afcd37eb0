/**
 * A simulated cloud for the tests and stories of a console: a function that stands in for `fetch`.
 *
 * @module ecs-detach-volume/testing
 */

/** The project of `cloud()`. */
export declare const PROJECT_ID: "0123456789abcdef0123456789abcdef";
/** The server of `cloud()`, which is running. */
export declare const SERVER_ID: "4d8c3732-a248-40ed-bebc-539a6ffd25c0";
/** The system disk of the server of `cloud()`. */
export declare const SYSTEM_DISK_ID: "b1d5f3c2-0e64-4a7b-8c19-f20a6d3e7b58";
/** The data disk of the server of `cloud()`. */
export declare const DATA_DISK_ID: "a26887c6-c47b-4654-abb5-dfadf7d3f803";

/** What can go wrong, by its name. docs/testing.md says what each does. */
export type FaultName =
  | "drop-before"
  | "drop-after"
  | "delay"
  | "hang"
  | "offline"
  | "stalled"
  | "body-used"
  | "throttle"
  | "throttle-for"
  | "unavailable"
  | "flow-control"
  | "status"
  | "html"
  | "empty"
  | "truncated"
  | "huge"
  | "no-job-id"
  | "job-id"
  | "envelope"
  | "other-job"
  | "other-disk"
  | "absent"
  | "root-device"
  | "code"
  | "generic-with-details"
  | "nested"
  | "unwrapped"
  | "expired-token"
  | "skewed"
  | "redirect"
  | "job-never-ends"
  | "job-vanishes"
  | "job-not-found"
  | "job-fails"
  | "job-says"
  | "unreadable"
  | "lingers";

/** The names of all faults. */
export declare const FAULT_NAMES: readonly FaultName[];

/** A name, or `name:argument`; with `:committed` at the end, the service does what was asked first. */
export type Fault = FaultName | `${FaultName}:${string}`;

/**
 * Requests of a detachment: the DELETE, the questions about its task, the looks at attachments, or all, whatever they
 * are for.
 */
export type Place = "detach" | "task" | "attachment" | "any";

/** A fault, and which requests meet it. */
export interface FaultRule {
  /** What goes wrong. */
  fault: Fault;
  /** The requests that it is about. Default: what docs/testing.md says of the fault, for most the DELETE. */
  on?: Place | undefined;
  /** Only requests about this disk. Default: about any. */
  volumeId?: string | undefined;
  /** How many of these requests pass before it. Default: 0. */
  after?: number | undefined;
  /** How many of these requests meet it; `Infinity`: all. Default: 1; for a few faults all, as docs/testing.md says. */
  times?: number | undefined;
}

/** A project. */
export interface CloudProject {
  /** As in paths. */
  id: string;
  /** Default: the id. */
  name?: string | undefined;
  /** Good for this project. */
  tokens?: readonly string[] | undefined;
  /** Good for this project. A pair with a security token is good only together with it. */
  accessKeys?: readonly { accessKey: string; secretKey: string; securityToken?: string }[] | undefined;
}

/** A server at the start. */
export interface CloudServer {
  /** As in paths. */
  id: string;
  /** Default: the first project. */
  projectId?: string | undefined;
  /** Default: the id. */
  name?: string | undefined;
  /** As in the API: `"ACTIVE"`, `"SHUTOFF"`, `"REBOOT"` and so on. Default: `"ACTIVE"`. */
  status?: string | undefined;
  /** Default: `false`. */
  isLocked?: boolean | undefined;
}

/** A disk at the start. */
export interface CloudDisk {
  /** As in paths. */
  id: string;
  /** Where it is attached; a server that `servers` lacks is running. Default: nowhere. */
  serverId?: string | null | undefined;
  /** Default: `false`. */
  isSystemDisk?: boolean | undefined;
  /** Default: `/dev/vda` for a system disk, then `/dev/vdb` and so on. */
  device?: string | undefined;
  /** Default: the id. */
  name?: string | undefined;
  /** Default: 100. */
  sizeGiB?: number | undefined;
  /** Default: `"virtio"`. */
  bus?: "virtio" | "scsi" | undefined;
  /** A frozen disk cannot be detached. Default: `false`. */
  isFrozen?: boolean | undefined;
}

/** What a cloud starts with, and how it behaves. */
export interface CloudOptions {
  /**
   * Default: `PROJECT_ID` alone. Where one has `tokens` or `accessKeys`, every request must show one of its project's;
   * else nobody has to, as behind a proxy that adds them.
   */
  projects?: readonly CloudProject[] | undefined;
  /** Default: those that `disks` names. */
  servers?: readonly CloudServer[] | undefined;
  /** Default: `SYSTEM_DISK_ID` and `DATA_DISK_ID`, attached to `SERVER_ID`; with `servers`, none. */
  disks?: readonly CloudDisk[] | undefined;
  /** What goes wrong. A fault by its name alone is met where docs/testing.md says. */
  faults?: readonly (Fault | FaultRule)[] | undefined;
  /** How long a task takes, on the cloud's clock. Milliseconds. Default: 1000. */
  taskMs?: number | undefined;
  /**
   * The cloud's clock, in epoch milliseconds: a function that it follows, or a number, at which it stands until
   * `advance` moves it. Default: `Date.now`, also that of fake timers.
   */
  now?: number | (() => number) | undefined;
  /** More requests in a window of the clock are turned away with 429. Default: none are. */
  rateLimit?: { requests: number; windowMs: number } | undefined;
}

/** A request that the cloud received. */
export interface CloudRequest {
  /** Epoch milliseconds on the cloud's clock. */
  at: number;
  method: string;
  /** The path in the API, without a proxy's prefix. */
  path: string;
  /** For example `{ delete_flag: "0" }`. */
  query: Record<string, string>;
  /** By lower-case name; tokens and signatures are `"***"`. */
  headers: Record<string, string>;
  /** The status; `"dropped"`: the connection broke; `"pending"`: no answer yet. */
  answered: number | "dropped" | "pending";
}

/** A disk as it is now. */
export interface CloudDiskState {
  id: string;
  name: string;
  /** `null`: it is attached to no server. */
  serverId: string | null;
  device: string | null;
  isSystemDisk: boolean;
  /** `"in-use"`, `"available"`, or `"detaching"` while a task has yet to do so. */
  status: string;
}

/** A task as it is now. */
export interface CloudTask {
  jobId: string;
  serverId: string;
  volumeId: string;
  status: "INIT" | "RUNNING" | "SUCCESS" | "FAIL";
}

/** The first argument of `fetch`, where a library declares it. */
export type CloudInput =
  typeof globalThis extends Record<"fetch", (input: infer Input, init?: never) => unknown>
    ? Input
    : string | { readonly href: string };

/** The second argument of `fetch`, where a library declares it. */
export type CloudInit =
  typeof globalThis extends Record<"fetch", (input: never, init?: infer Init) => unknown> ? Init : object;

/** What `fetch` gives, where a library declares it. */
export type CloudReply =
  typeof globalThis extends Record<"fetch", (input: never, init?: never) => Promise<infer Reply>>
    ? Reply
    : PlainCloudReply;

/** A `Response`, where no library declares it. */
export interface PlainCloudReply {
  /** The HTTP status. */
  readonly status: number;
  /** Its `Headers`. */
  readonly headers: PlainCloudHeaders;
  /** The body as a text. */
  text(): Promise<string>;
  /** What the body holds. */
  json(): Promise<unknown>;
}

/** A `Headers`, where no library declares it. */
export interface PlainCloudHeaders {
  /** The value of a header, by its name in any case. */
  get(name: string): string | null;
}

/** A simulated cloud. It is a `fetch`, and rejects like one where a connection would break. */
export interface Cloud {
  /** Answers a request. A URL may have a proxy's prefix before `/v1/`, and needs no host. */
  (input: CloudInput, init?: CloudInit): Promise<CloudReply>;
  /** The last 1000 requests, oldest first; a new list at each look. */
  readonly requests: readonly CloudRequest[];
  /** All disks as they are now. */
  readonly disks: readonly CloudDiskState[];
  /** All tasks, oldest first. */
  readonly tasks: readonly CloudTask[];
  /** Whether the disk is attached to a server. */
  isAttached(volumeId: string): boolean;
  /** Epoch milliseconds on the cloud's clock. */
  now(): number;
  /** Moves the cloud's clock forward: tasks go on, delays and outages end. Waits of the package go by their own. */
  advance(ms: number): void;
  /** Adds one behind the others. The first that fits a request is the one that it meets. */
  addFault(fault: Fault | FaultRule): void;
  /** Removes all. */
  clearFaults(): void;
  /** Everything as at the start but for the clock, with the faults of the options. */
  reset(): void;
}

/**
 * Makes a simulated cloud.
 *
 * @example
 * ```ts
 * import { detachVolumeAndWait } from "ecs-detach-volume";
 * import { cloud, DATA_DISK_ID, PROJECT_ID, SERVER_ID } from "ecs-detach-volume/testing";
 *
 * const myCloud = cloud({ faults: ["html:502:committed"] });
 * await detachVolumeAndWait({
 *   endpoint: "https://ecs.example.com",
 *   projectId: PROJECT_ID,
 *   serverId: SERVER_ID,
 *   volumeId: DATA_DISK_ID,
 *   fetch: myCloud,
 * });
 * console.log(myCloud.isAttached(DATA_DISK_ID), myCloud.requests.length);
 * ```
 */
export declare function cloud(options?: CloudOptions): Cloud;
