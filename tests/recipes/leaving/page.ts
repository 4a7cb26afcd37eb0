import type { Connection, DetachOutcome, DetachVolumeAndWaitOptions, Progress } from "ecs-detach-volume";
import { detachOnce, resumeAll } from "./detachments.ts";
import { eachVisit, guardLeaving } from "./visit.ts";

type Disk = Omit<DetachVolumeAndWaitOptions, keyof Connection | "jobId" | "onProgress">;

/** How far each disk is, and what became of those that an earlier page left unfinished. */
export interface Show {
  progress(volumeId: string, progress: Progress): void;
  resumed(results: PromiseSettledResult<DetachOutcome | null>[]): void;
}

/** To be called when the page starts. What it returns is for buttons. */
export function openPage(connection: Connection, show: Show) {
  let visit: AbortSignal;
  eachVisit((signal) => {
    visit = signal;
    void resumeAll({ ...connection, signal }).then(show.resumed);
  });
  return async function detach(disk: Disk): Promise<DetachOutcome | null> {
    const onProgress = (progress: Progress) => {
      guardLeaving(disk.volumeId, progress);
      show.progress(disk.volumeId, progress);
    };
    try {
      // With the signal of the visit: a page that enters the back/forward cache ends this wait, too.
      return await detachOnce({ ...connection, ...disk, signal: visit, onProgress });
    } finally {
      guardLeaving(disk.volumeId, null);
    }
  };
}
