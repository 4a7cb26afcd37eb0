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

/**
 * What can go wrong, by its name. The default of an argument is in brackets. `FaultRule` says which requests meet a fault.
 */
export type FaultName =
  /** The connection breaks before the service has done anything. */
  | "drop-before"
  /** The connection breaks after the service has done its work. */
  | "drop-after"
  /** `delay:ms` (1000). The reply comes that much later, by the cloud's clock. */
  | "delay"
  /** No reply ever comes, and nothing is done. */
  | "hang"
  /** `offline:seconds` (45). This request and all others are lost for that long, by the cloud's clock. */
  | "offline"
  /** Half of the reply comes, and then nothing more. */
  | "stalled"
  /**
   * The body of the reply has already been read, as by a careless wrapper around `fetch`. Only if the cloud itself is the
   * `fetch`: no browser and no interceptor can pass on such a reply.
   */
  | "body-used"
  /**
   * `throttle`, `throttle:Retry-After`, `throttle:date:seconds`. 429 `APIGW.0308`, with `Retry-After` as given, or as a date
   * that far ahead. Without it, the package waits for the window that the text names: use `throttle:1` for a short wait.
   */
  | "throttle"
  /**
   * `throttle-for:seconds` (120). This request and all others get 429 `APIGW.0308` for that long, by the cloud's clock.
   */
  | "throttle-for"
  /** 503 `APIGW.0613`, with arguments as `throttle`. */
  | "unavailable"
  /** HTTP 202 with the error `Common.0024`. */
  | "flow-control"
  /** `status:N` (500). That status in the gateway's form. */
  | "status"
  /** `html:N` (502). A web server's HTML page. */
  | "html"
  /** `empty:N` (200). No body. The work is done if N is below 400. */
  | "empty"
  /** The JSON of the reply ends in the middle. */
  | "truncated"
  /** The reply and 2 MiB of padding. */
  | "huge"
  /** 200 `{}`: the task is accepted, and its id is missing. */
  | "no-job-id"
  /** `job-id:X` (`../../x`). 200 with X as the task's id. */
  | "job-id"
  /**
   * `envelope:data`, `:code` or `:error`. A success in another API's form: the reply in `data` or in `result`, or
   * `{"status":"error"}`.
   */
  | "envelope"
  /** The reply about a task is about another task. */
  | "other-job"
  /** The reply about a disk is about another disk, a data disk. */
  | "other-disk"
  /**
   * `absent:bare` or `:null`. A 404 `itemNotFound`, or `{"volumeAttachment":null}`, says that a disk is not attached.
   */
  | "absent"
  /** `root-device:X` (`/dev/xvda`). The system disk has the device X, and no `bootIndex`. */
  | "root-device"
  /** `code:X` (`Ecs.0100`). Error X with its documented status. `APIGW.…` comes in the gateway's form. */
  | "code"
  /** `generic-with-details:X` (`Ecs.0111`). `Ecs.0005`, with X only in `details`. */
  | "generic-with-details"
  /**
   * `nested:X` (`volume`). `Ecs.1000`, and in its message an error of the service behind it: `volume` or `server` (not
   * found), `conflict`, `bad-request`, `server-error`.
   */
  | "nested"
  /** `unwrapped:X` (`volume`). The same error without `Ecs.1000`, with its own status. */
  | "unwrapped"
  /**
   * `expired-token:X` (`APIGW.0307`). 401 `APIGW.0307`, or `APIGW.0301`, which says when the token expired, or `plain`,
   * without a code.
   */
  | "expired-token"
  /** `skewed:seconds` (3600). The cloud's clock is that far ahead (`-60`: behind), for signatures and in `Date`. */
  | "skewed"
  /** `redirect:path` (`/login`). 302. */
  | "redirect"
  /** The task stays `RUNNING`. */
  | "job-never-ends"
  /** `job-vanishes:ms` (0). That long after its start, the task becomes unknown. The disk is detached. */
  | "job-vanishes"
  /**
   * `job-not-found:N` (1), `:N:html`, `:N:service`. The first N polls of the task (`always`: all) get a 404: from the
   * gateway, as an HTML page, or from the service as `Common.0011`. The task goes on.
   */
  | "job-not-found"
  /**
   * `job-fails:X` (`Ecs.1002`), `:X:top`, `:X:split`. The task ends as `FAIL`, with code and reason in a sub-task, at the
   * top, or the code at the top and the reason below.
   */
  | "job-fails"
  /**
   * `job-says:X` (`success`), `:X:attached`. The last status of the task is X, such as `CANCELED`. The disk is detached,
   * but not with `attached`.
   */
  | "job-says"
  /**
   * `unreadable:X` (401), `:X:N`. The task ends as `SUCCESS`, the disk is seen attached N times (1), and then every read
   * of the attachment is refused with status X, or lost (`offline`).
   */
  | "unreadable"
  /** `lingers:ms` (5000). The disk stays attached for that long after `SUCCESS`. */
  | "lingers";

/** The names of all faults. */
export declare const FAULT_NAMES: readonly FaultName[];

/** A name, or `name:argument`; with `:committed` at the end, the service does what was asked first. */
export type Fault = FaultName | `${FaultName}:${string}`;

/** Requests: the DELETE of a detachment, the polls of its task, the reads of attachments, or all. */
export type Place = "detach" | "task" | "attachment" | "any";

/** A fault, and which requests meet it. */
export interface FaultRule {
  /** What goes wrong. */
  fault: Fault;
  /**
   * The requests that it is about. Default: `"task"` for `unavailable`, `offline`, `throttle-for`, `other-job` and
   * `envelope`; `"attachment"` for `other-disk`, `absent` and `root-device`; `"any"` for `skewed`; otherwise `"detach"`.
   */
  on?: Place | undefined;
  /** Only requests about this disk, which must be one of the cloud's. Default: about any. */
  volumeId?: string | undefined;
  /** How many of these requests pass before it. Default: 0. */
  after?: number | undefined;
  /**
   * How many of these requests meet it; `Infinity`: all. Default: all for `other-job`, `envelope`, `other-disk`, `absent`,
   * `root-device` and `skewed`; otherwise 1.
   */
  times?: number | undefined;
}

/** A project. */
export interface CloudProject {
  /** As in paths. */
  id: string;
  /** Default: the id. */
  name?: string | undefined;
  /** Valid for this project. */
  tokens?: readonly string[] | undefined;
  /** Valid for this project. A pair with a security token is valid only together with it. */
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
  /** The server that it is attached to. One that `servers` does not list is running. Default: none. */
  serverId?: string | null | undefined;
  /** A server has one at most. Default: `false`. */
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
   * If a project has `tokens` or `accessKeys`, every request must carry one of its project's; otherwise none has to, as
   * behind a proxy that adds them. Default: `PROJECT_ID` alone, without any.
   */
  projects?: readonly CloudProject[] | undefined;
  /** Default: those that `disks` names. */
  servers?: readonly CloudServer[] | undefined;
  /** Default: `SYSTEM_DISK_ID` and `DATA_DISK_ID`, attached to `SERVER_ID`; with `servers`, none. */
  disks?: readonly CloudDisk[] | undefined;
  /** What goes wrong. `FaultRule` says which requests meet a fault that is given by its name alone. */
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
  /** The path in the API, without a proxy's base path. */
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

/** The first argument of `fetch`, if a library declares it. */
export type CloudInput =
  typeof globalThis extends Record<"fetch", (input: infer Input, init?: never) => unknown>
    ? Input
    : string | { readonly href: string };

/** The second argument of `fetch`, if a library declares it. */
export type CloudInit =
  typeof globalThis extends Record<"fetch", (input: never, init?: infer Init) => unknown> ? Init : object;

/** What `fetch` gives, if a library declares it. */
export type CloudReply =
  typeof globalThis extends Record<"fetch", (input: never, init?: never) => Promise<infer Reply>>
    ? Reply
    : PlainCloudReply;

/** A `Response`, if no library declares it. */
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

/** A `Headers`, if no library declares it. */
export interface PlainCloudHeaders {
  /** The value of a header, by its name in any case. */
  get(name: string): string | null;
}

/** A simulated cloud. It is a `fetch`, and rejects like one if a connection breaks. */
export interface Cloud {
  /** Answers a request. A URL may have a proxy's base path before that of the API, and needs no host. */
  (input: CloudInput, init?: CloudInit): Promise<CloudReply>;
  /** The last 1000 requests, oldest first; a new list at each read. */
  readonly requests: readonly CloudRequest[];
  /** All disks as they are now. */
  readonly disks: readonly CloudDiskState[];
  /** All tasks, oldest first. */
  readonly tasks: readonly CloudTask[];
  /** Whether the disk is attached to a server. Throws a `TypeError` if the cloud has no such disk. */
  isAttached(volumeId: string): boolean;
  /** Epoch milliseconds on the cloud's clock. */
  now(): number;
  /** Moves the cloud's clock forward: tasks go on, delays and outages end. The package's waits use their own timers. */
  advance(ms: number): void;
  /** Adds one after the others. A request meets the first that fits it. */
  addFault(fault: Fault | FaultRule): void;
  /** Removes all. */
  clearFaults(): void;
  /** Puts everything but the clock back to the start, with the faults of the options. */
  reset(): void;
}

/**
 * Makes a simulated cloud. Throws a `TypeError` that names the option if one is wrong. The documents in the source
 * repository show it with Vitest, Jest, Storybook, Playwright and MSW.
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
