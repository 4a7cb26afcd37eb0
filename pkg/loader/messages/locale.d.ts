/** What went wrong, and how far a call is, for the people who use a console, in one language. */
import type { ErrorDescription, ProgressLike } from "../index.js";

export type { ErrorDescription, ProgressLike };

/**
 * Describes an error of `ecs-detach-volume`, as `describeError` of `ecs-detach-volume/messages` does, in this language
 * alone.
 *
 * @param error What was thrown, or what the `toJSON` of the error gave.
 */
export function describeError(error: unknown): ErrorDescription;

/**
 * Says what a call is doing, as `describeProgress` of `ecs-detach-volume/messages` does, in this language alone.
 *
 * @param progress What `onProgress` was given; of a batch, the `progress` of one disk.
 */
export function describeProgress(progress: ProgressLike): string;
