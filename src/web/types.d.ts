/** Detach a disk from a Huawei Cloud Elastic Cloud Server (ECS) from a web console. */

/**
 * A project-scoped IAM token, sent as `X-Auth-Token`.
 *
 * A token belongs to whoever can read the page that holds it. In production, let a same-origin proxy add it
 * and leave `auth` out.
 *
 * Source: ECS API reference, "Authentication".
 */
export interface TokenAuth {
  /** The token: 1 to 16384 visible ASCII characters. It never appears in an error, a log or a URL. */
  token: string;
}

/** How to prove who is calling. */
export type Auth = TokenAuth;

/** Where the API is and as whom to call it. */
export interface Connection {
  /**
   * The address of the API: `"https://ecs.cn-north-4.myhuaweicloud.com"`, or, for a same-origin proxy, a base
   * path such as `"/api/ecs"`.
   *
   * `https:` is required; plain `http:` is accepted for loopback hosts only. A base path is kept, a trailing
   * slash does not matter. User info, a query and a fragment are refused. At most 2048 characters.
   */
  endpoint: string | URL;
  /**
   * The project that the server belongs to; the token must be scoped to it.
   *
   * 1 to 128 characters of `A-Z a-z 0-9 - _ . ~`; in practice 32 hexadecimal digits.
   *
   * Source: ECS API reference, "Obtaining a Project ID".
   */
  projectId: string;
  /** Credentials. Default: none are sent, because the proxy or a cookie authenticates. */
  auth?: Auth | undefined;
  /**
   * Further request headers, for example a CSRF header: at most 64, values of 1 to 8192 Latin-1 characters
   * without line breaks and without white space at either end. They may not replace the headers that this package sets, nor name one that browsers
   * refuse to send. Default: none.
   */
  headers?: Readonly<Record<string, string>> | undefined;
  /** When the browser sends cookies, as in `fetch`. Default: `"same-origin"`. */
  credentials?: RequestCredentials | undefined;
  /** The function that sends requests. Default: `globalThis.fetch`, looked up at each call. */
  fetch?: typeof globalThis.fetch | undefined;
  /**
   * The language that the service should write its messages in, sent as `X-Language`. Default: the header is
   * not sent and the service decides.
   */
  language?: "en-us" | "zh-cn" | undefined;
  /**
   * Ends the call early. The promise then rejects with kind `"aborted"`; a detach that the service has already
   * accepted goes on, which `mayHaveStarted` tells. Default: none.
   */
  signal?: AbortSignal | undefined;
  /**
   * How long one HTTP exchange may take, from sending the request to the last byte of the reply.
   *
   * Milliseconds, a whole number from 1 to 3600000. Default: 60000.
   */
  attemptTimeoutMs?: number | undefined;
  /**
   * How long the whole call may take, with all attempts and the waits between them.
   *
   * Milliseconds, a whole number from 1 to 3600000. Default: 120000.
   */
  timeoutMs?: number | undefined;
  /** How a throttled request is repeated; `false`: not at all. Default: `{}`. */
  retry?: RetryOptions | false | undefined;
}

/**
 * How a throttled request is repeated: after a random wait that grows with each attempt.
 *
 * A request is repeated only where the service certainly did not process it: HTTP 429, `APIGW.0308`, `IAM.0012`,
 * `Common.1503` and `Common.0024`. Nothing else is repeated, in particular no DELETE whose fate is unknown.
 */
export interface RetryOptions {
  /** The most times that the request is sent, the first time included: 1 to 10. Default: 4. */
  maxAttempts?: number | undefined;
  /**
   * The longest wait after the first refusal; it doubles with each further one, and the wait is a random part of it.
   *
   * Milliseconds, a whole number from 1 to 60000. Default: 500.
   */
  baseDelayMs?: number | undefined;
  /**
   * The longest wait that is chosen here. What the service asks for by `Retry-After` can be longer; where it would
   * not end before `timeoutMs`, the call ends at once with kind `"throttled"`.
   *
   * Milliseconds, a whole number from 1 to 600000. Default: 20000.
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
   * The disk (EVS volume) to detach: the disk's own id, not the id that the disk service gives an attachment.
   *
   * 1 to 128 characters of `A-Z a-z 0-9 - _ . ~`; in practice a UUID.
   */
  volumeId: string;
  /**
   * Detach a data disk although the guest system may still use it. `true` sends `delete_flag=1`, `false` sends
   * `delete_flag=0`. Neither deletes the disk. Default: `false`.
   *
   * Forced detachment works on KVM servers with VBD disks only; elsewhere the service treats it as an ordinary
   * one. Unmount first: data not yet written is lost, the device name and the PCI slot stay occupied, the disk
   * keeps counting towards the server's quota, and a restart of the server is advised. System disks cannot be
   * forced.
   *
   * Source: ECS API reference, "Detaching an EVS Disk from an ECS", `delete_flag`.
   */
  force?: boolean | undefined;
}

/** A detachment that the service has accepted, and not necessarily finished. */
export interface DetachTask {
  /**
   * The task to follow: the disk is detached when the service reports it as `SUCCESS`. Finished tasks are kept
   * for one day.
   */
  jobId: string;
}

/**
 * What a caller can do about an error.
 *
 * - `options`: the call was wrong; nothing was sent.
 * - `network`: no reply. The browser does not say why: offline, connection lost, a redirect (such as to a login
 *   page; none is followed), or CORS.
 * - `timeout`: no complete reply within `attemptTimeoutMs`, or `timeoutMs` has passed.
 * - `aborted`: the caller's `signal` fired.
 * - `throttled`: too many requests, also after all attempts; wait (`retryAfterMs`), then try again.
 * - `auth`: log in again, or check the token.
 * - `forbidden`: this account may not do it, or is restricted.
 * - `not-found`: the server, the project or the API does not exist here; check ids and region.
 * - `not-attached`: the disk is not attached to this server; nothing to do.
 * - `conflict`: the server or the disk is in the wrong state, busy or locked; change that or wait.
 * - `api`: the service said no for another reason.
 * - `decode`: a reply that is not the API's.
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
  | "wasm";

/** The kinds of error that carry an answer of the service. */
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
  code: string | null;
  message: string | null;
}

interface EcsErrorBase<Kind extends EcsErrorKind> extends Error {
  /**
   * `"EcsError"`; `"AbortError"` where the caller aborted, and `"TimeoutError"` where the reason of the
   * caller's signal is one (`AbortSignal.timeout`), so that generic code keeps working.
   */
  readonly name: "EcsError" | "AbortError" | "TimeoutError";
  /** What a caller can do about it. Branch on this. */
  readonly kind: Kind;
  /**
   * Whether the service may have started to detach the disk. `true` after any doubt: then look at the server's
   * disks before trying again. `false` only where the request certainly took no effect.
   *
   * `"Ecs.0111"` (not attached) and `"Ecs.0603"` (busy) count as doubt: browsers repeat a request by themselves
   * when a kept-alive connection breaks under it, and these are the answers to the second copy.
   */
  readonly mayHaveStarted: boolean;
  /** How many times the request was sent: 0 where nothing was. */
  readonly attempts: number;
  /** The failure underneath, where there is one: what `fetch` threw, or the `reason` of the signal. */
  readonly cause?: unknown;
}

interface FromReply {
  /** The HTTP status. Mind that errors can come with a 2xx status. */
  readonly status: number;
  /** The most specific code of the reply, for example `"Ecs.0111"`; `null` where the reply holds none. */
  readonly errorCode: string | null;
  /** The service's own text, in the language it chose; `null` where the reply holds none. */
  readonly errorMessage: string | null;
  /** How long to wait before the next call, as far as the reply says so: milliseconds, or `null`. */
  readonly retryAfterMs: number | null;
  /** The finer codes of the reply, at most 32; empty where it holds none. */
  readonly details: readonly ErrorDetail[];
  /** The id by which the vendor's support finds the request; `null` where unknown. */
  readonly requestId: string | null;
  /** For a denial by a policy: why, encoded by IAM for the account's administrator to decode; else `null`. */
  readonly encodedAuthorizationMessage: string | null;
  /**
   * The beginning of a body that is not the API's, white space folded: at most 512 characters. `null` where the
   * body is empty or the API's.
   */
  readonly bodyExcerpt: string | null;
}

/** The call was wrong; nothing was sent. */
export interface OptionsError extends EcsErrorBase<"options"> {
  /** The option at fault, `"headers.X-Name"` for a part of one, or `null` where it is the options as a whole. */
  readonly option: string | null;
}

/** One type of error for each kind, so that comparing `kind` tells which fields there are. */
type OfKind<Kind extends EcsErrorKind, Fields> = Kind extends unknown ? EcsErrorBase<Kind> & Fields : never;

/** No complete reply: the connection failed, a deadline passed, or the caller aborted. */
export type TransportError = OfKind<"network" | "timeout" | "aborted", unknown>;

/** The service, or a gateway in front of it, said no. */
export type ServiceError = OfKind<ServiceErrorKind, FromReply>;

/** A reply with a success status that is not the API's: not JSON, empty, cut off, over 1 MiB, or without a job. */
export type DecodeError = OfKind<"decode", FromReply>;

/** The WebAssembly module could not be loaded, or stopped in the middle of the call. */
export type WasmError = OfKind<"wasm", unknown>;

/**
 * Every rejection of this package: a plain `Error` with fields of its own. Told apart by `kind`.
 *
 * @example
 * ```ts
 * catch (error) {
 *   if (isEcsError(error) && error.kind === "not-attached") return "already detached";
 *   throw error;
 * }
 * ```
 */
export type EcsError = OptionsError | TransportError | ServiceError | DecodeError | WasmError;

/**
 * Asks the service to detach a disk and resolves when it has accepted the task. Accepted is not detached: the
 * disk is detached when the task has ended in `SUCCESS`.
 *
 * A throttled request is repeated (`retry`); one whose fate is unknown never is. Nothing has to be loaded or
 * initialised before.
 *
 * Source: ECS API reference, "Detaching an EVS Disk from an ECS",
 * `DELETE /v1/{project_id}/cloudservers/{server_id}/detachvolume/{volume_id}`.
 *
 * @throws {EcsError} (as a rejection) always; see {@link EcsErrorKind}.
 */
export function detachVolume(options: DetachVolumeOptions): Promise<DetachTask>;

/** Whether a value is an error of this package, also across frames and several copies of the package. */
export function isEcsError(error: unknown): error is EcsError;
