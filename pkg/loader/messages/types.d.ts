/**
 * What went wrong, and how far a call is, for the people who use a console.
 *
 * @module ecs-detach-volume/messages
 */

/** An error in plain words. Each member is one or more whole sentences, except the title, which has no full stop. */
export interface ErrorDescription {
  /** What went wrong, in a few words. */
  title: string;
  /** What it means, and what is known about the disk. */
  explanation: string;
  /** What to do about it. */
  remedy: string;
}

/** What {@link describeProgress} looks at: any `Progress` of `ecs-detach-volume`, including one sent by another thread. */
export interface ProgressLike {
  /** What the call is doing. */
  readonly phase: string;
  /** The last status of the task. */
  readonly status?: string | null | undefined;
  /** How many times the task was seen. */
  readonly polls?: number | undefined;
  /** Milliseconds until the next request is due; `null` while a request is on its way. */
  readonly nextInMs?: number | null | undefined;
  /** The last request that failed; `null` if it worked. */
  readonly lastFailure?: { readonly kind: string } | null | undefined;
}

/**
 * Describes an error of `ecs-detach-volume` in English or in Chinese.
 *
 * Depends on the `kind` and the `errorCode`, and on `mayHaveStarted`, `jobId` and `jobStatus`, which say what is known about
 * the disk; names what left the fate of the DELETE unknown (`doubt`) and what failed last (`lastFailure`). The service's own
 * texts (`errorMessage`, `failReason`) are not part of it: show them separately. Any other error is described in
 * general terms.
 *
 * @param error What was thrown, or what the `toJSON` of the error returned.
 * @param locale A language tag such as `"zh-CN"`, `"zh-Hans-CN"` or `"en-GB"`. Every tag for Chinese gives Chinese,
 * everything else English. Default: `"en"`.
 *
 * @example
 * ```ts
 * import { detachVolumeAndWait } from "ecs-detach-volume";
 * import { describeError } from "ecs-detach-volume/messages";
 *
 * try {
 *   await detachVolumeAndWait({ endpoint: "/api/ecs", projectId, serverId, volumeId });
 * } catch (error) {
 *   const { title, explanation, remedy } = describeError(error, document.documentElement.lang);
 *   alert(`${title}\n\n${explanation} ${remedy}`);
 * }
 * ```
 */
export function describeError(error: unknown, locale?: string): ErrorDescription;

/**
 * Says in English or in Chinese what a call is doing, such as "The service is limiting requests. Trying again in 12 s."
 *
 * Depends on `phase`, `status` and `polls`, and on `lastFailure` and `nextInMs`. It does not count down: call it again with a
 * smaller `nextInMs`.
 *
 * @param progress What `onProgress` was given; of a batch, the `progress` of one disk.
 * @param locale A language tag, as for {@link describeError}. Default: `"en"`.
 *
 * @example
 * ```ts
 * import { detachVolumeAndWait } from "ecs-detach-volume";
 * import { describeProgress } from "ecs-detach-volume/messages";
 *
 * const line = document.querySelector("[role=status]");
 * await detachVolumeAndWait({
 *   endpoint: "/api/ecs",
 *   projectId,
 *   serverId,
 *   volumeId,
 *   onProgress(progress) {
 *     if (line) line.textContent = describeProgress(progress, document.documentElement.lang);
 *   },
 * });
 * ```
 */
export function describeProgress(progress: ProgressLike, locale?: string): string;
