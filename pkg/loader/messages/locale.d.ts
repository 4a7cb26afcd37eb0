/** What went wrong, for the people who use a console, in one language. */
import type { ErrorDescription } from "../index.js";

export type { ErrorDescription };

/**
 * Describes an error of `ecs-detach-volume`, as `describeError` of `ecs-detach-volume/messages` does, in this language
 * alone.
 *
 * @param error What was thrown.
 */
export function describeError(error: unknown): ErrorDescription;
