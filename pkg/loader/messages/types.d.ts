/**
 * What went wrong, for the people who use a console.
 *
 * @module ecs-detach-volume/messages
 */

/** An error in plain words. Each member is one or more whole sentences, but for the title, which has no full stop. */
export interface ErrorDescription {
  /** What went wrong, in a few words. */
  title: string;
  /** What it means, and what is known of the disk. */
  explanation: string;
  /** What to do about it. */
  remedy: string;
}

/**
 * Describes an error of `ecs-detach-volume` in English or in Chinese.
 *
 * Goes by the `kind` and the `errorCode`, and by `mayHaveStarted` and `jobId`, which tell what is known of the disk. The
 * service's own texts (`errorMessage`, `failReason`) are not part of it: show them apart. What is not an error of the
 * package is described in general terms.
 *
 * @param error What was thrown.
 * @param locale A language tag such as `"zh-CN"`, `"zh-Hans-CN"` or `"en-GB"`. Chinese of any kind: Chinese; all else:
 * English. Default: `"en"`.
 */
export function describeError(error: unknown, locale?: string): ErrorDescription;
