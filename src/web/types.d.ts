/**
 * Detaches disks from Huawei Cloud Elastic Cloud Servers (ECS), from a web console.
 *
 * The oldest browsers are Chromium 88, Firefox 79 or Safari 15.1; with `ecs-detach-volume/auto` Chromium 80, Firefox 67 or
 * Safari 12.1. The lowest Node is 20.
 *
 * @module ecs-detach-volume
 */

/**
 * A project-scoped IAM token, sent as `X-Auth-Token`.
 *
 * Anyone who can read the page that holds a token can use it. In production, leave `auth` out and let a same-origin proxy
 * add the token.
 *
 * Source: ECS API reference, "Authentication".
 */
export interface TokenAuth {
  /** The token: 1 to 16384 visible ASCII characters. It never appears in an error, a log or a URL. */
  token: string;
}

/**
 * An access key (AK/SK), permanent or temporary: each request is signed with it (SDK-HMAC-SHA256).
 *
 * Anyone who can read the page can read its keys. A permanent key does not belong in a page; a temporary one at least
 * expires soon. The endpoint must be an absolute URL: a proxy changes the host and the path that are signed, so a proxy
 * has to sign the requests itself.
 *
 * Source: "API Request Signing Guide", "AK/SK Signing and Authentication Algorithm".
 */
export interface AccessKeyAuth {
  /** The id of the key (AK): 1 to 128 visible ASCII characters. It never appears in an error, a log or a URL. */
  accessKey: string;
  /** The secret key (SK): 1 to 128 visible ASCII characters. It is never sent, and never appears anywhere. */
  secretKey: string;
  /**
   * The token that comes with a temporary key, sent as `X-Security-Token`: 1 to 16384 visible ASCII characters.
   *
   * @default none: the key is a permanent one
   */
  securityToken?: string | undefined;
}

/** Credentials: a token or an access key. */
export type Auth = TokenAuth | AccessKeyAuth;

/**
 * Returns the credentials for one request. It is called before each request, and its result is not kept: it should itself
 * cache what is still valid.
 *
 * `rejected` is `true` if the service has just refused the last ones: a token by any 401, a key by a code that asks for
 * renewal (`APIGW.0307`, `IAM.0066`, `Common.0013`). Then the function must return new ones. A second refusal in a row
 * ends the call with kind `auth`. Calls that need new credentials at the same time share one call of the function, for as
 * long as the request that began it may take (`attemptTimeoutMs`).
 *
 * @example
 * ```ts
 * import type { AuthFunction } from "ecs-detach-volume";
 *
 * let latest = { token: "", expires_at: "" };
 *
 * const auth: AuthFunction = async ({ rejected }) => {
 *   const isGood = Date.parse(latest.expires_at) > Date.now() + 60_000;
 *   if (rejected || !isGood) {
 *     const reply = await fetch(`/api/token?renew=${rejected}`, { headers: { "X-CSRF": "1" } });
 *     if (!reply.ok) throw new Error(`/api/token: HTTP ${reply.status}`);
 *     latest = await reply.json();
 *   }
 *   return { token: latest.token };
 * };
 * ```
 */
export type AuthFunction = (request: { readonly rejected: boolean }) => Auth | Promise<Auth>;

/** Request headers, as `fetch` takes them: a record, pairs, or a `Headers` object. */
export type HeadersLike =
  | Readonly<Record<string, string>>
  | readonly (readonly [string, string])[]
  | Iterable<readonly [string, string]>
  | Pick<PlainHeaders, "forEach">;

/** A `URL`, described by its shape: not every project has a library that declares one. */
export interface UrlLike {
  /** The address: at most 2048 characters. */
  readonly href: string;
  /** The same. */
  toJSON(): string;
}

/** An `AbortSignal`, described by its shape: not every project has a library that declares one. */
export interface AbortSignalLike {
  /** Whether it has fired. */
  readonly aborted: boolean;
  /**
   * Why it fired; the error's `cause`.
   *
   * @default none
   */
  readonly reason?: unknown;
  /** Called when a wait begins. */
  addEventListener(type: "abort", listener: () => void): void;
  /** Called when the wait has ended. */
  removeEventListener(type: "abort", listener: () => void): void;
}

/**
 * `fetch`, or a function that is called as it is.
 *
 * Packages with types of their own for headers, such as undici and node-fetch, are taken with a cast:
 * `(url, init) => undici.fetch(url, init as never)`.
 */
export type FetchFunction = (url: string, init: FetchInit) => Promise<FetchReply>;

/** The second argument of `fetch`: the `RequestInit` of the platform, if one is declared. */
export type FetchInit =
  typeof globalThis extends Record<"fetch", (input: never, init?: infer Init) => unknown>
    ? NonNullable<Init>
    : PlainFetchInit;

/** The second argument of `fetch`, if no library declares it. */
export interface PlainFetchInit {
  /** `"GET"` or `"DELETE"`. */
  method: string;
  /** A `Headers` object. */
  headers: PlainHeaders;
  /** Whether cookies are sent. */
  credentials: "omit" | "same-origin" | "include";
  /** Redirects are not followed. */
  redirect: "error" | "manual";
  /** The reply must not come from a cache. */
  cache: "no-store";
  /** The address of the page is not sent. */
  referrerPolicy: "no-referrer";
  /** Ends the request. */
  signal: AbortSignalLike;
}

/** A `Headers` object, if no library declares it. */
export interface PlainHeaders {
  /** The value of a header, by its name in any case. */
  get(name: string): string | null | undefined;
  /** Calls a function for each header. */
  forEach(each: (value: string, name: string) => void): void;
}

/** A `Response`, or an object with these members of one. */
export interface FetchReply {
  /** The HTTP status. */
  readonly status: number;
  /** A `Headers` object, or an object with this member of one. */
  readonly headers: Pick<PlainHeaders, "get">;
  /** A stream of bytes, if it has a `getReader`. */
  readonly body?: unknown;
  /** Returns the body as a text; called if there is no stream. */
  text?(): Promise<string>;
}

/** Where the API is, and how to call it. */
export interface Connection {
  /**
   * The address of the API: `"https://ecs.cn-north-4.myhuaweicloud.com"`, or, for a same-origin proxy, a base
   * path such as `"/api/ecs"`.
   *
   * `https:` is required; plain `http:` is accepted for loopback hosts only. A base path is kept; a trailing slash does
   * not matter. User info, a query and a fragment are refused. At most 2048 characters.
   */
  endpoint: string | UrlLike;
  /**
   * The project that the server belongs to; the token must be scoped to it.
   *
   * 1 to 128 characters of `A-Z a-z 0-9 - _ . ~`; in practice 32 hexadecimal digits.
   *
   * Source: ECS API reference, "Obtaining a Project ID".
   */
  projectId: string;
  /**
   * Credentials, or a function that returns them. If the function fails, the call ends with kind `auth`, and `cause`
   * holds what it threw.
   *
   * @default none: the proxy or a cookie authenticates
   */
  auth?: Auth | AuthFunction | undefined;
  /**
   * Additional request headers, for example a CSRF header: at most 64, each name once, values of 1 to 8192 Latin-1
   * characters without line breaks and without white space at either end. A record, pairs, or a `Headers` object, as in
   * `fetch`. They must not replace the headers that this package sets, nor be ones that browsers refuse to send.
   *
   * @default none
   */
  headers?: HeadersLike | undefined;
  /**
   * When the browser sends cookies, as in `fetch`.
   *
   * @default "same-origin"
   */
  credentials?: "omit" | "same-origin" | "include" | undefined;
  /**
   * The function that sends requests. The global one is looked up at each call.
   *
   * @default globalThis.fetch
   */
  fetch?: FetchFunction | undefined;
  /**
   * The language that the service should write its messages in, sent as `X-Language`.
   *
   * @default none: the header is not sent, and the service decides
   */
  language?: "en-us" | "zh-cn" | undefined;
  /**
   * Ends the call early: the promise rejects with kind `"aborted"`. A task that the service has accepted goes on, and
   * `mayHaveStarted` is `true`.
   *
   * @default none
   */
  signal?: AbortSignalLike | undefined;
  /**
   * How long one HTTP exchange may take, from sending the request to the last byte of the reply.
   *
   * Milliseconds, a whole number from 1 to 3600000.
   *
   * @default 60000
   */
  attemptTimeoutMs?: number | undefined;
  /**
   * How long the whole call may take, with all attempts and the waits between them. For {@link detachVolumes}: how long
   * each disk may take, from when its turn comes. A call that waits for a disk or a task takes a last look before it
   * gives up, which may take up to 12 seconds longer.
   *
   * Milliseconds, a whole number from 1 to 3600000.
   *
   * @default 120000, and 600000 for the functions that wait for the disk or the task
   */
  timeoutMs?: number | undefined;
  /**
   * How a request is repeated after it was refused or lost. `false`: no request is sent again. The polls of a wait are new
   * requests: they go on at their interval.
   *
   * @default {}
   */
  retry?: RetryOptions | false | undefined;
}

/**
 * How a request is repeated: after a random wait that grows with each attempt.
 *
 * A DELETE is repeated only if the service certainly did not process it: HTTP 429, `APIGW.0308`, `IAM.0012`, `Common.1503`
 * and `Common.0024`. The functions that wait for the disk also repeat it if its fate was unknown and the disk is seen to
 * be still attached. Reads are also repeated after transient failures, such as a lost connection or a status of 5xx.
 */
export interface RetryOptions {
  /**
   * How many times a request is sent at most, including the first time: 1 to 10.
   *
   * @default 4
   */
  maxAttempts?: number | undefined;
  /**
   * The longest wait after the first refusal. It doubles with each further refusal, and the wait is a random part of it.
   *
   * Milliseconds, a whole number from 1 to 60000.
   *
   * @default 500
   */
  baseDelayMs?: number | undefined;
  /**
   * The longest wait that the package chooses itself. What the service asks for by `Retry-After` can be longer; if that
   * wait would not end before `timeoutMs`, the call ends at once with the refusal that asked for it.
   *
   * Milliseconds, a whole number from 1 to 600000.
   *
   * @default 20000
   */
  maxDelayMs?: number | undefined;
}

/** What {@link detachVolume} needs. */
export interface DetachVolumeOptions extends Connection {
  /**
   * The cloud server (ECS) that the disk is attached to.
   *
   * 1 to 128 characters of `A-Z a-z 0-9 - _ . ~`; in practice a UUID.
   */
  serverId: string;
  /**
   * The disk (EVS volume) to detach: the disk's own id, not the id that the disk service gives to an attachment.
   *
   * 1 to 128 characters of `A-Z a-z 0-9 - _ . ~`; in practice a UUID.
   */
  volumeId: string;
  /**
   * Detach a data disk even if the guest system may still be using it. `true` sends `delete_flag=1`, `false` sends
   * `delete_flag=0`. Neither deletes the disk.
   *
   * Forced detachment works on KVM servers with VBD disks only; elsewhere the service treats it as an ordinary
   * one. Unmount first: data not yet written is lost, the device name and the PCI slot stay occupied, the disk
   * keeps counting towards the server's quota, and a restart of the server is advised. System disks cannot be
   * forced.
   *
   * Source: ECS API reference, "Detaching an EVS Disk from an ECS", `delete_flag`.
   *
   * @default false
   */
  force?: boolean | undefined;
}

/** How often the task is polled, and the function that is called with the progress. */
export interface WaitOptions {
  /**
   * How long to wait before the first poll, after the service has accepted the task. A task that was accepted before this
   * call (`jobId`) is polled at once.
   *
   * Milliseconds, a whole number from 1 to 600000.
   *
   * @default 1000
   */
  initialDelayMs?: number | undefined;
  /**
   * The shortest wait between two polls. The waits grow with the age of the task: each is about half of it, and up to
   * a tenth shorter at random.
   *
   * Milliseconds, a whole number from 1 to 600000.
   *
   * @default 400
   */
  pollIntervalMs?: number | undefined;
  /**
   * The longest wait between two polls. What the service asks for by `Retry-After` can be longer.
   *
   * Milliseconds, a whole number from 1 to 600000.
   *
   * @default 15000
   */
  maxPollIntervalMs?: number | undefined;
  /**
   * Called whenever the call enters another phase, a request fails or works again, or a wait begins. If it throws or
   * rejects, the call goes on, and the error is passed to `reportError`, or to the console if there is none.
   *
   * @default none
   */
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** How far along a call is. */
export interface Progress {
  /**
   * - `checking`: is the disk attached, and a data disk?
   * - `submitting`: the DELETE is being sent.
   * - `settling`: the fate of the DELETE is unknown; the attachment is being read.
   * - `waiting`: the service has accepted the task and works on it.
   * - `confirming`: the task has succeeded; the attachment is being read.
   */
  readonly phase: "checking" | "submitting" | "settling" | "waiting" | "confirming";
  /** The task, once it is known. Another page can go on with it (`jobId` of {@link detachVolumeAndWait}). */
  readonly jobId: string | null;
  /** The last status of the task, in the service's words. */
  readonly status: JobStatus | null;
  /** How many polls showed the task. */
  readonly polls: number;
  /** How many times the DELETE was sent; for {@link waitForJob}, how many requests were sent. */
  readonly attempts: number;
  /** Milliseconds since the call began. */
  readonly elapsedMs: number;
  /** Milliseconds until the next request is due; `null` while a request is on its way. */
  readonly nextInMs: number | null;
  /**
   * The last request that failed; `null` after one that worked. The call goes on all the same. As long as the service
   * does not show the task, that is the failure here, even after the attachment was read in its place.
   */
  readonly lastFailure: Failure | null;
  /** The id by which the vendor's support finds the last request; `null` if its reply has none. */
  readonly requestId: string | null;
  /** The same for the last DELETE that was answered with one. */
  readonly detachRequestId: string | null;
}

/** A request that failed, in short. */
export interface Failure {
  /** What kind of failure it is. */
  readonly kind: EcsErrorKind;
  /** The HTTP status; `null` if no reply came. */
  readonly status: number | null;
  /** The most specific code of the reply; `null` if it holds none. */
  readonly code: string | null;
  /** What was wrong: the service's text, or the package's. At most 512 characters on one line, without secrets. */
  readonly message: string;
}

/** What {@link detachVolumeAndWait} needs. */
export interface DetachVolumeAndWaitOptions extends DetachVolumeOptions, WaitOptions {
  /**
   * A task for this disk that the service has already accepted: the call goes on with it, and never sends a DELETE. If
   * the service no longer knows the task, the attachment decides: if the disk is off, the call succeeds; if it is still
   * attached, the call rejects with kind `not-found`, and a new call without `jobId` can detach it.
   *
   * 1 to 128 characters of `A-Z a-z 0-9 - _ . ~`.
   *
   * @default none: the call begins by reading the attachment and sending a DELETE
   */
  jobId?: string | undefined;
  /**
   * What to do if the disk is not attached in the first place. `"error"`: the call rejects with kind `not-attached`.
   * `"ok"`: it resolves.
   *
   * @default "error"
   */
  ifNotAttached?: "error" | "ok" | undefined;
  /**
   * What to do if the disk is the server's system disk. `"refuse"`: the attachment is read first, and the call ends with
   * kind `system-disk` before any DELETE. `"allow"`: the attachment is not read first.
   *
   * @default "refuse"
   */
  systemDisk?: "refuse" | "allow" | undefined;
}

/** What {@link getJob} needs. */
export interface GetJobOptions extends Connection {
  /**
   * The task.
   *
   * 1 to 128 characters of `A-Z a-z 0-9 - _ . ~`; 32 hexadecimal digits or a UUID in practice.
   */
  jobId: string;
}

/** What {@link waitForJob} needs. */
export interface WaitForJobOptions extends GetJobOptions, WaitOptions {}

/** What {@link listAttachments} needs. */
export interface ListAttachmentsOptions extends Connection {
  /**
   * The cloud server (ECS).
   *
   * 1 to 128 characters of `A-Z a-z 0-9 - _ . ~`; in practice a UUID.
   */
  serverId: string;
}

/** What {@link getAttachment} needs. */
export interface GetAttachmentOptions extends ListAttachmentsOptions {
  /**
   * The disk (EVS volume).
   *
   * 1 to 128 characters of `A-Z a-z 0-9 - _ . ~`; in practice a UUID.
   */
  volumeId: string;
}

/** One disk for {@link detachVolumes}; the members mean what they mean in {@link DetachVolumeOptions}. */
export interface DetachTarget {
  /** The cloud server (ECS): 1 to 128 characters of `A-Z a-z 0-9 - _ . ~`; in practice a UUID. */
  serverId: string;
  /** The disk (EVS volume): 1 to 128 characters of `A-Z a-z 0-9 - _ . ~`; in practice a UUID. */
  volumeId: string;
  /**
   * Detach a data disk even if the guest system may still be using it.
   *
   * @default false
   */
  force?: boolean | undefined;
  /**
   * A task for this disk that was accepted before: go on with it, and send no DELETE. 1 to 128 characters of
   * `A-Z a-z 0-9 - _ . ~`.
   *
   * @default none
   */
  jobId?: string | undefined;
}

/** What {@link detachVolumes} needs: what all disks share, and the disks. */
export interface DetachVolumesOptions
  extends Omit<DetachVolumeAndWaitOptions, "serverId" | "volumeId" | "force" | "jobId" | "onProgress"> {
  /** The disks. They may belong to any number of servers, in any order. */
  targets: readonly DetachTarget[];
  /**
   * How many servers it works on at once. On one server, disks are detached one after the other, because the service
   * refuses a second task while one is running.
   *
   * A whole number from 1 to 1000.
   *
   * @default 20
   */
  concurrency?: number | undefined;
  /**
   * Called whenever there is something new about one of the disks.
   *
   * @default none
   */
  onProgress?: ((progress: BatchProgress) => void) | undefined;
}

/** How far along {@link detachVolumes} is. */
export interface BatchProgress {
  /** How many disks there are. */
  readonly total: number;
  /** How many of them are detached. */
  readonly detached: number;
  /** How many of them failed. */
  readonly failed: number;
  /** Which disk it is: its place in `targets`. */
  readonly index: number;
  /** The disk. */
  readonly target: DetachTarget;
  /** How far along it is; `null` if it has ended. */
  readonly progress: Progress | null;
  /** What became of it; `null` if it has not ended. */
  readonly settled: DetachSettled | null;
}

/** What became of one disk of {@link detachVolumes}. */
export type DetachSettled = {
  /** The disk, as given in `targets`. */
  target: DetachTarget;
} & (
  | {
      /** The disk is off the server. */
      status: "fulfilled";
      /** How it came off. */
      value: DetachOutcome;
    }
  | {
      /** The disk is not known to be off the server. */
      status: "rejected";
      /** Why. */
      reason: EcsError;
    }
);

/** A detachment that the service has accepted, but not necessarily finished. */
export interface DetachTask {
  /**
   * The task to follow: the disk is detached when the service reports it as `SUCCESS`. Finished tasks are kept
   * for one day.
   */
  jobId: string;
  /** The id by which the vendor's support finds the last request; `null` if its reply has none. */
  requestId: string | null;
  /** The same for the DELETE. */
  detachRequestId: string | null;
}

/** A detachment that is done. */
export interface DetachOutcome {
  /** The task; `null` if none was needed, or if its id was lost with the reply. */
  jobId: string | null;
  /** The last state of the task; `null` if it was not seen to end. */
  job: Job | null;
  /**
   * How it is known that the disk is off the server. `"attachment"`: the service no longer lists it. `"job"`: the task
   * ended in `SUCCESS`, and the attachment could not be read.
   */
  confirmedBy: "attachment" | "job";
  /**
   * How many times the DELETE was sent: 0 if the disk was not attached in the first place, or if the call went on with a
   * task (`jobId`).
   */
  attempts: number;
  /** Milliseconds from the first request to the end. */
  elapsedMs: number;
  /** The id by which the vendor's support finds the last request; `null` if its reply has none. */
  requestId: string | null;
  /** The same for the last DELETE that was answered with one; `null` if none was. */
  detachRequestId: string | null;
}

/**
 * What the service says about a task, compared without regard to case. Any other word may mean the end: then the
 * attachment is read, too.
 */
export type JobStatus = "INIT" | "RUNNING" | "SUCCESS" | "FAIL" | (string & {});

/**
 * A task.
 *
 * Source: ECS API reference, "Querying Task Execution Status".
 */
export interface Job {
  /** The id; the service may leave it out for a sub-job. */
  jobId: string | null;
  /** What it does, for example `"detachVolume"`. */
  jobType: string | null;
  /** Its status, in the service's words. */
  status: JobStatus;
  /** When it began: ISO 8601, UTC, with milliseconds. */
  beginTime: string | null;
  /** When it ended: ISO 8601, UTC, with milliseconds. */
  endTime: string | null;
  /** Why it failed, as a code; the code may instead be in one of `subJobs`. */
  errorCode: string | null;
  /** The service's text about the failure. */
  failReason: string | null;
  /** The tasks that it consists of; empty for most tasks. */
  subJobs: Job[];
  /** What it works on, as the service writes it, without the sub-jobs. */
  entities: Record<string, unknown>;
  /** The id by which the vendor's support finds the request that returned this; `null` for a sub-job, or if unknown. */
  requestId: string | null;
}

/**
 * A disk that is attached to a server.
 *
 * Source: ECS API reference, "Querying Disks Attached to an ECS".
 */
export interface Attachment {
  /** The server. */
  serverId: string | null;
  /** The disk. */
  volumeId: string;
  /** The name of the device in the server, for example `"/dev/vdb"`. */
  device: string | null;
  /** The size in GiB. */
  sizeGiB: number | null;
  /** 0 for the system disk, another number for a data disk; the service does not always say. */
  bootIndex: number | null;
  /**
   * Whether it is the system disk: by `bootIndex` or, if that is missing, by the name of the device: `vda`, `sda`,
   * `xvda`, `hda`, `nvme0n1`, or a partition of one of them.
   */
  isSystemDisk: boolean;
  /** `"virtio"` or `"scsi"`. */
  bus: string | null;
  /** For example `"0000:02:01.0"`. */
  pciAddress: string | null;
}

/** What {@link findProjects} needs. */
export interface FindProjectsOptions extends Omit<Connection, "endpoint" | "projectId"> {
  /**
   * The address of the identity service (IAM), such as `"https://iam.cn-north-4.myhuaweicloud.com"`, in the same
   * form as `endpoint`: at most 2048 characters.
   */
  iamEndpoint: string | UrlLike;
  /**
   * The full name of the project, such as that of a region, `"cn-north-4"`: 1 to 255 characters.
   *
   * @default none: all projects
   */
  name?: string | undefined;
}

/**
 * A project.
 *
 * Source: IAM API reference, "Querying Project Information Based on the Specified Criteria".
 */
export interface Project {
  /** What other functions take as `projectId`. */
  id: string;
  /** Its name; for the project that each region has, the name of the region. */
  name: string | null;
  /** The account that it belongs to. */
  domainId: string | null;
  /** Whether it is in use. */
  enabled: boolean;
}

/**
 * What a caller can do about an error. Later versions may add kinds: a `switch` over them needs a `default:`.
 *
 * - `options`: the call was wrong; nothing was sent.
 * - `network`: no reply. The browser does not say why: offline, connection lost, a redirect (such as to a login
 *   page; none is followed), or CORS.
 * - `timeout`: no complete reply within `attemptTimeoutMs`, or `timeoutMs` has passed.
 * - `aborted`: the caller's `signal` fired.
 * - `throttled`: too many requests, even after all attempts; wait (`retryAfterMs`), then try again.
 * - `auth`: log in again, or check the token or key; if a signature was refused, the message says why.
 * - `forbidden`: this account is not allowed to do this, or is restricted.
 * - `not-found`: the server, the project, the task or the API does not exist here; check ids and region.
 * - `not-attached`: the disk is not attached to this server; nothing to do.
 * - `conflict`: the server or the disk is in the wrong state, busy or locked; change that or wait.
 * - `api`: the service, or a gateway in front of it, refused for another reason.
 * - `decode`: a reply that is not from the API, or not about what was asked.
 * - `job-failed`: the service accepted the task, and it failed; `errorCode` and `failReason` say why.
 * - `system-disk`: the disk is the server's system disk, and `systemDisk` does not allow that; no DELETE was sent.
 * - `wasm`: the WebAssembly module could not be loaded, or stopped. The next call starts a fresh one.
 */
export type EcsErrorKind =
  | "options"
  | "network"
  | "timeout"
  | "aborted"
  | "throttled"
  | "auth"
  | "forbidden"
  | "not-found"
  | "not-attached"
  | "conflict"
  | "api"
  | "decode"
  | "job-failed"
  | "system-disk"
  | "wasm";

/** The kinds of error that carry a refusal of the service. */
export type ServiceErrorKind =
  | "throttled"
  | "auth"
  | "forbidden"
  | "not-found"
  | "not-attached"
  | "conflict"
  | "api";

/** One entry of `error.details[]`: a finer code and message than the error's own. Either may be missing. */
export interface ErrorDetail {
  /** Its code, for example `"Ecs.0111"`. */
  code: string | null;
  /** Its text, in the language that the service chose. */
  message: string | null;
}

/** What every error of this package has. */
export interface EcsErrorBase<Kind extends EcsErrorKind> extends Error {
  /**
   * `"EcsError"`; `"AbortError"` if the caller aborted, and `"TimeoutError"` if the reason of the caller's signal is one
   * (`AbortSignal.timeout`), so that generic code keeps working.
   */
  readonly name: "EcsError" | "AbortError" | "TimeoutError";
  /** What a caller can do about it. Branch on this. */
  readonly kind: Kind;
  /**
   * Whether the service may have started to detach the disk. `true` if there is any doubt: then look at the server's
   * disks before you try again. `false` only if it is certain that no DELETE took effect. Always `false` for reads.
   * Always `true` if a call that goes on with a task (`jobId`), or {@link waitForJob}, fails after it has begun: its task
   * was accepted before.
   *
   * `"Ecs.0111"` (not attached) and `"Ecs.0603"` (busy) count as doubt: browsers repeat a request by themselves when a
   * kept-alive connection breaks under it, and these are the replies to the second one.
   */
  readonly mayHaveStarted: boolean;
  /**
   * How many times the DELETE was sent; for reads, how many requests were sent. 0 if none was.
   */
  readonly attempts: number;
  /** The task; `null` if none is known. {@link detachVolumeAndWait} can go on with it (`jobId`). */
  readonly jobId: string | null;
  /** The last status of the task, in the service's words; `null` if none was seen. */
  readonly jobStatus: JobStatus | null;
  /** The failure that left the fate of a DELETE unknown; `null` if there was none. */
  readonly doubt: Failure | null;
  /**
   * The last request that failed; `null` if the last one worked, or none was sent. It can be the error itself, or what
   * kept the call from learning more, for example because the service did not show the task.
   */
  readonly lastFailure: Failure | null;
  /** The id by which the vendor's support finds the last request; `null` if unknown. */
  readonly requestId: string | null;
  /** The same for the last DELETE that was answered with one; `null` if none was. */
  readonly detachRequestId: string | null;
  /**
   * The failure underneath, if there is one: what `fetch` or the function in `auth` threw, or the `reason` of the signal.
   */
  readonly cause?: unknown;
  /**
   * The error as a plain object, with everything but `cause` and `stack`: for `JSON.stringify`, and for another thread (a
   * structured clone of an `Error` drops its fields). {@link isEcsError} and `describeError` accept it.
   */
  toJSON(): EcsErrorJson<Kind>;
}

/** What {@link EcsErrorBase.toJSON} returns. */
export type EcsErrorJson<Kind extends EcsErrorKind = EcsErrorKind> = {
  name: EcsErrorBase<Kind>["name"];
  kind: Kind;
  message: string;
  mayHaveStarted: boolean;
  attempts: number;
  jobId: string | null;
} & Record<string, unknown>;

/** What an error that comes from a reply has. */
export interface FromReply<Status = number> {
  /**
   * The HTTP status. Errors can come with a 2xx status. `null` if the error is not about a single reply: there were no
   * credentials, or the batch was refused before (`auth`), or the service no longer shows the task (`not-found`,
   * `decode`).
   */
  readonly status: Status;
  /** The most specific code of the reply, for example `"Ecs.0111"`; `null` if it holds none. */
  readonly errorCode: string | null;
  /** The service's own text, in the language that it chose; `null` if the reply holds none. */
  readonly errorMessage: string | null;
  /** How long to wait before the next call, in milliseconds; `null` if the reply does not say. */
  readonly retryAfterMs: number | null;
  /** The finer codes of the reply, at most 32; empty if it holds none. */
  readonly details: readonly ErrorDetail[];
  /** Why a policy denies the request, encoded by IAM for the account's administrator to decode; otherwise `null`. */
  readonly encodedAuthorizationMessage: string | null;
  /**
   * The beginning of a body that is not from the API, white space folded: at most 512 characters. `null` if the body is
   * empty or from the API.
   */
  readonly bodyExcerpt: string | null;
}

/** The call was wrong; nothing was sent. */
export interface OptionsError extends EcsErrorBase<"options"> {
  /** The option at fault, `"headers.X-Name"` for a part of one; `null` for the options as a whole. */
  readonly option: string | null;
}

/** One type of error for each kind, so that a comparison of `kind` shows which fields there are. */
export type OfKind<Kind extends EcsErrorKind, Fields> = Kind extends unknown
  ? EcsErrorBase<Kind> & Fields
  : never;

/** No complete reply: the connection failed, a deadline passed, or the caller aborted. */
export type TransportError = OfKind<"network" | "timeout" | "aborted", unknown>;

/** The service, or a gateway in front of it, refused. */
export type ServiceError =
  | OfKind<Exclude<ServiceErrorKind, "auth" | "not-found">, FromReply>
  | NotFoundError
  | AuthError;

/** The service does not know who is calling, or there are no credentials to tell it. */
export type AuthError = OfKind<"auth", FromReply<number | null>>;

/** The server, the project, the API or the task does not exist here. */
export type NotFoundError = OfKind<"not-found", FromReply<number | null>>;

/**
 * A reply with a success status that is not from the API: not JSON, empty, cut off, over 1 MiB, or not about what was
 * asked.
 */
export type DecodeError = OfKind<"decode", FromReply<number | null>>;

/** The task was accepted, and failed. */
export interface JobFailedError extends EcsErrorBase<"job-failed"> {
  /** The code of the first sub-job that has one, otherwise that of the task; `null` if none has one. */
  readonly errorCode: string | null;
  /** The service's text about the failure, found in the same way. */
  readonly failReason: string | null;
  /** The task. */
  readonly job: Job;
}

/** The disk is the server's system disk. */
export type SystemDiskError = OfKind<"system-disk", unknown>;

/** The WebAssembly module could not be loaded, or stopped in the middle of the call. */
export type WasmError = OfKind<"wasm", unknown>;

/**
 * Every rejection of this package: a plain `Error` with additional fields. Compare `kind` to tell them apart.
 *
 * @example
 * ```ts
 * import { detachVolumeAndWait, isEcsError } from "ecs-detach-volume";
 *
 * try {
 *   await detachVolumeAndWait({ endpoint: "/api/ecs", projectId, serverId, volumeId });
 * } catch (error) {
 *   if (!isEcsError(error)) throw error;
 *   switch (error.kind) {
 *     case "not-attached":
 *       console.log("The disk is already detached.");
 *       break;
 *     case "job-failed":
 *       console.log("The task failed:", error.errorCode, error.failReason);
 *       break;
 *     default:
 *       console.log(error.mayHaveStarted ? "Look at the server's disks." : "Nothing has changed.", error.message);
 *   }
 * }
 * ```
 */
export type EcsError =
  | OptionsError
  | TransportError
  | ServiceError
  | DecodeError
  | JobFailedError
  | SystemDiskError
  | WasmError;

/**
 * Asks the service to detach a disk, and resolves when it has accepted the task. Accepted is not detached: the disk is
 * detached when the task has ended in `SUCCESS`. {@link detachVolumeAndWait} waits for that.
 *
 * A throttled DELETE is repeated (`retry`); one whose fate is unknown never is. Nothing has to be loaded or initialised
 * first.
 *
 * Source: ECS API reference, "Detaching an EVS Disk from an ECS",
 * `DELETE /v1/{project_id}/cloudservers/{server_id}/detachvolume/{volume_id}`.
 *
 * @example
 * ```ts
 * import { detachVolume } from "ecs-detach-volume";
 *
 * const { jobId } = await detachVolume({ endpoint: "/api/ecs", projectId, serverId, volumeId });
 * console.log(`Task ${jobId} was accepted.`);
 * ```
 *
 * @throws {EcsError} as a rejection, of any kind but `job-failed` and `system-disk`.
 */
export function detachVolume(options: DetachVolumeOptions): Promise<DetachTask>;

/**
 * Detaches a disk, and resolves when it is off the server.
 *
 * Reads the attachment first (`systemDisk`), sends the DELETE, polls the task, and reads the attachment again: a task can
 * succeed while the disk is still listed. Once a task has been accepted, no further DELETE is sent.
 *
 * If the fate of the DELETE is unknown, because the reply was lost or a server on the way failed, the attachment is read
 * until it shows what happened: if the disk is gone, it was detached; if it is seen attached three times, over ten
 * seconds at least, the DELETE is sent again, at most `retry.maxAttempts` times in all. If that cannot be found out, the
 * call rejects with `mayHaveStarted: true`.
 *
 * With `jobId`, it goes on with a task that was accepted before, and sends no DELETE.
 *
 * An abort ends the waiting, not the task: the API has no call that cancels a task.
 *
 * Source: ECS API reference, "Detaching an EVS Disk from an ECS", "Querying Task Execution Status" and "Querying a
 * Single Disk Attached to an ECS".
 *
 * @example
 * ```ts
 * import { detachVolumeAndWait } from "ecs-detach-volume";
 *
 * const { elapsedMs } = await detachVolumeAndWait({
 *   endpoint: "/api/ecs",
 *   projectId,
 *   serverId,
 *   volumeId,
 *   onProgress: ({ phase, status }) => console.log(phase, status),
 * });
 * console.log(`The disk is off the server after ${elapsedMs} ms.`);
 * ```
 *
 * @throws {EcsError} as a rejection, of any kind.
 */
export function detachVolumeAndWait(options: DetachVolumeAndWaitOptions): Promise<DetachOutcome>;

/**
 * Detaches many disks, as {@link detachVolumeAndWait} detaches one, and reports what became of each, in the order of
 * `targets`. One failure does not stop the others.
 *
 * Works on `concurrency` servers at once. The disks of one server are detached one after the other, and so is a shared
 * disk from its servers. All requests share one rate, which grows until the service refuses one, and then shrinks.
 *
 * If the service refuses the credentials, no other request is sent: the other disks end with kind `auth`, too.
 *
 * After an abort, no further disk is started. The promise still resolves: `mayHaveStarted` and `jobId` of each `reason`
 * say which disks may still come off.
 *
 * Source: ECS API reference, "Detaching an EVS Disk from an ECS", and what {@link detachVolumeAndWait} reads, for each
 * disk.
 *
 * @example
 * ```ts
 * import { detachVolumes } from "ecs-detach-volume";
 *
 * const settled = await detachVolumes({
 *   endpoint: "/api/ecs",
 *   projectId,
 *   targets: [{ serverId, volumeId }],
 *   onProgress: ({ detached, failed, total }) => console.log(detached, failed, total),
 * });
 * for (const { status, target } of settled) console.log(target.volumeId, status);
 * ```
 *
 * @throws {EcsError} as a rejection, of kind `options`, before anything is sent, or `wasm`. A `reason` can be of any kind.
 */
export function detachVolumes(options: DetachVolumesOptions): Promise<DetachSettled[]>;

/**
 * Reads a task as it is now.
 *
 * Source: ECS API reference, "Querying Task Execution Status", `GET /v1/{project_id}/jobs/{job_id}`.
 *
 * @example
 * ```ts
 * import { getJob } from "ecs-detach-volume";
 *
 * const { status } = await getJob({ endpoint: "/api/ecs", projectId, jobId });
 * console.log(status === "SUCCESS" ? "done" : status);
 * ```
 *
 * @throws {EcsError} as a rejection, of any kind but `job-failed` and `system-disk`; `not-found` if the service does not know
 * the task. It keeps finished ones for one day.
 */
export function getJob(options: GetJobOptions): Promise<Job>;

/**
 * Polls a task, and resolves when it has ended in `SUCCESS`. Does not read the attachment: to go on with the detachment of
 * a disk, use {@link detachVolumeAndWait} with `jobId`.
 *
 * Transient failures, such as a lost connection, do not end it before `timeoutMs` does.
 *
 * Source: ECS API reference, "Querying Task Execution Status", `GET /v1/{project_id}/jobs/{job_id}`.
 *
 * @example
 * ```ts
 * import { waitForJob } from "ecs-detach-volume";
 *
 * const { endTime } = await waitForJob({ endpoint: "/api/ecs", projectId, jobId });
 * console.log(`The task ended at ${endTime}.`);
 * ```
 *
 * @throws {EcsError} as a rejection, of any kind but `system-disk`; `job-failed` if the task ends in `FAIL`, `not-found`
 * if the service still does not know it after the first seconds, or no longer knows it.
 */
export function waitForJob(options: WaitForJobOptions): Promise<Job>;

/**
 * Lists the disks of a server.
 *
 * Source: ECS API reference, "Querying Disks Attached to an ECS",
 * `GET /v1/{project_id}/cloudservers/{server_id}/block_device`.
 *
 * @example
 * ```ts
 * import { listAttachments } from "ecs-detach-volume";
 *
 * const disks = await listAttachments({ endpoint: "/api/ecs", projectId, serverId });
 * for (const { volumeId, device, isSystemDisk } of disks) console.log(volumeId, device, isSystemDisk);
 * ```
 *
 * @throws {EcsError} as a rejection, of any kind but `job-failed` and `system-disk`.
 */
export function listAttachments(options: ListAttachmentsOptions): Promise<Attachment[]>;

/**
 * Reads one disk of a server; `null` if it is not attached to it.
 *
 * Source: ECS API reference, "Querying a Single Disk Attached to an ECS",
 * `GET /v1/{project_id}/cloudservers/{server_id}/block_device/{volume_id}`.
 *
 * @example
 * ```ts
 * import { getAttachment } from "ecs-detach-volume";
 *
 * const disk = await getAttachment({ endpoint: "/api/ecs", projectId, serverId, volumeId });
 * console.log(disk ? `attached as ${disk.device}` : "not attached");
 * ```
 *
 * @throws {EcsError} as a rejection, of any kind but `not-attached`, `job-failed` and `system-disk`.
 */
export function getAttachment(options: GetAttachmentOptions): Promise<Attachment | null>;

/**
 * Lists the projects of the caller, or those with a certain name: there may be none, one, or several. Reads all pages.
 *
 * Source: IAM API reference, "Querying Project Information Based on the Specified Criteria", `GET /v3/projects`.
 *
 * @example
 * ```ts
 * import { findProjects } from "ecs-detach-volume";
 *
 * const iamEndpoint = "https://iam.cn-north-4.myhuaweicloud.com";
 * const [project] = await findProjects({ iamEndpoint, auth: { token }, name: "cn-north-4" });
 * console.log(project?.id);
 * ```
 *
 * @throws {EcsError} as a rejection, of any kind but `job-failed` and `system-disk`.
 */
export function findProjects(options: FindProjectsOptions): Promise<Project[]>;

/** What {@link preload} resolves with. */
export interface Preloaded {
  /** Whether the module is ready. If not, the next call tries again. */
  isReady: boolean;
  /** What the core runs as: `"javascript"` with `ecs-detach-volume/asm`, or with `/auto` if WebAssembly did not start. */
  engine: "webassembly" | "javascript" | null;
  /** Why WebAssembly, or the module as a whole, could not be started; `undefined` if it could. */
  cause: unknown;
}

/**
 * Loads and starts the module early, so that the first call need not wait for it. Call it when the page is idle, or when
 * the pointer enters the button or the button gets the focus. It also runs the module once, without sending anything,
 * because engines compile a function when it runs for the first time. Never rejects: a failure shows in the first call.
 * Costs nothing when repeated.
 *
 * @example
 * ```ts
 * import { preload } from "ecs-detach-volume";
 *
 * for (const event of ["pointerenter", "focus"])
 *   detachButton.addEventListener(event, () => void preload(), { once: true });
 * ```
 */
export function preload(): Promise<Preloaded>;

/** The functions whose options {@link checkOptions} checks, with the types of those options. */
export interface OptionsOf {
  /** Those of {@link detachVolume}. */
  detachVolume: DetachVolumeOptions;
  /** Those of {@link detachVolumeAndWait}. */
  detachVolumeAndWait: DetachVolumeAndWaitOptions;
  /** Those of {@link detachVolumes}. */
  detachVolumes: DetachVolumesOptions;
  /** Those of {@link getJob}. */
  getJob: GetJobOptions;
  /** Those of {@link waitForJob}. */
  waitForJob: WaitForJobOptions;
  /** Those of {@link listAttachments}. */
  listAttachments: ListAttachmentsOptions;
  /** Those of {@link getAttachment}. */
  getAttachment: GetAttachmentOptions;
  /** Those of {@link findProjects}. */
  findProjects: FindProjectsOptions;
}

/**
 * Says what is wrong with the options of a function, without sending anything; `null` if nothing is. It is for forms that
 * validate while the user types. Only a call can find out whether the server and the disk exist.
 *
 * @example
 * ```ts
 * import { checkOptions } from "ecs-detach-volume";
 *
 * const options = { endpoint: "/api/ecs", projectId, serverId, volumeId: volumeInput.value };
 * const error = await checkOptions("detachVolumeAndWait", options);
 * volumeInput.setCustomValidity(error?.option === "volumeId" ? error.message : "");
 * ```
 *
 * @throws {EcsError} as a rejection, of kind `wasm` only.
 */
export function checkOptions<Name extends keyof OptionsOf>(
  name: Name,
  options: { readonly [Option in keyof OptionsOf[Name]]?: unknown },
): Promise<OptionsError | null>;

/**
 * Whether a value is an error of this package, or what its `toJSON` returned. This works across frames, threads, and
 * several copies of the package.
 *
 * @example
 * ```ts
 * import { getJob, isEcsError } from "ecs-detach-volume";
 *
 * try {
 *   await getJob({ endpoint: "/api/ecs", projectId, jobId });
 * } catch (error) {
 *   if (isEcsError(error)) console.log(error.kind, error.requestId);
 *   else throw error;
 * }
 * ```
 */
export function isEcsError(error: unknown): error is EcsError;
