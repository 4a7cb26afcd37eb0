import type { Progress } from "ecs-detach-volume";

const inDoubt = new Set<string>();

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
  event.returnValue = true; // Chromium before 119.
}

/**
 * The browser asks before the page is left while a DELETE is on its way and the id of its task is unknown: a user who
 * leaves then has nothing to go on with. To be called with each progress, and with `null` at the end.
 */
export function guardLeaving(volumeId: string, progress: Progress | null): void {
  const isSent = progress?.phase === "submitting" || progress?.phase === "settling";
  if (isSent && progress.jobId === null) inDoubt.add(volumeId);
  else inDoubt.delete(volumeId);
  // Only as long as needed: the listener alone keeps a page out of the back/forward cache of some browsers.
  if (inDoubt.size > 0) addEventListener("beforeunload", ask);
  else removeEventListener("beforeunload", ask);
}

/**
 * Calls `begin` when the page is shown, even if it comes out of the back/forward cache; its signal fires when the page is
 * left. A page in that cache stands still: it must not hold a lock, and its requests would be cut off.
 */
export function eachVisit(begin: (signal: AbortSignal) => void): void {
  let visit = new AbortController();
  addEventListener("pagehide", () => visit.abort());
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    visit = new AbortController();
    begin(visit.signal);
  });
  begin(visit.signal);
}
