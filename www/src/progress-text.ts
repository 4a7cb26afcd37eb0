import type { Progress } from "ecs-detach-volume";
import { language } from "./language.ts";
import type { Exchange } from "./model.ts";

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

/**
 * Where the page's own renewal of its login has hung, the package tells that the time was over. The service was in time: it
 * has asked for a new login.
 */
export function withLogin(progress: Progress, exchanges: readonly Exchange[]): Progress {
  const { lastFailure } = progress;
  const last = exchanges.filter(({ outcome }) => outcome.name !== "pending").at(-1)?.outcome;
  const isRefused = last?.name === "answered" && last.answer.status === 401;
  if (!isRefused || lastFailure?.kind !== "timeout") return progress;
  return { ...progress, lastFailure: { ...lastFailure, kind: "auth" } };
}

/** The longest text that there may be, to keep its place from the beginning. */
export function longestText(): string {
  return language.describeProgress({ phase: "settling", lastFailure: { kind: "network" } });
}
