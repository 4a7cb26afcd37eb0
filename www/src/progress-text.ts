import type { Progress } from "ecs-detach-volume";
import { language } from "./language.ts";

/** A shorter wait is over before it is read. */
const COUNTED_FROM_MS = 2000;

/**
 * What a detach is doing, in words: of a longer wait, with the seconds that are left. Not of those between two looks at a
 * disk whose fate is unknown: there is enough to say.
 */
export function progressText(progress: Progress, sinceMs: number): string {
  const { phase, nextInMs } = progress;
  const isCounted = phase !== "settling" && nextInMs !== null && nextInMs >= COUNTED_FROM_MS;
  return language.describeProgress({ ...progress, nextInMs: isCounted ? nextInMs - sinceMs : null });
}

/** The longest text that there may be, to keep its place from the beginning. */
export function longestText(): string {
  return language.describeProgress({ phase: "settling", lastFailure: { kind: "network" } });
}
