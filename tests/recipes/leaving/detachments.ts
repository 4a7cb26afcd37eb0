import {
  type Connection,
  type DetachOutcome,
  type DetachVolumeAndWaitOptions,
  detachVolumeAndWait,
  isEcsError,
} from "ecs-detach-volume";

const PREFIX = "detachment:";

/** A disk, and the task that detaches it. */
interface Detachment {
  serverId: string;
  volumeId: string;
  jobId: string;
}

/**
 * Detaches a disk, in one tab at a time; `null` where another tab is at it. Goes on with the task that was accepted
 * before, where there is one: nothing is sent twice.
 */
export function detachOnce(options: DetachVolumeAndWaitOptions): Promise<DetachOutcome | null> {
  const { serverId, volumeId } = options;
  const key = keyOf(options);
  return navigator.locks.request(key, { ifAvailable: true }, async (lock) => {
    if (!lock) return null;
    const known = stored(key);
    try {
      const outcome = await detachVolumeAndWait({
        ...options,
        jobId: known?.jobId,
        onProgress(progress) {
          const { jobId } = progress;
          if (jobId) localStorage.setItem(key, JSON.stringify({ serverId, volumeId, jobId }));
          options.onProgress?.(progress);
        },
      });
      localStorage.removeItem(key);
      return outcome;
    } catch (error) {
      // The task has failed, or the service no longer knows it. After any other error it may go on: the id is kept.
      if (isEcsError(error) && ["job-failed", "not-found"].includes(error.kind)) localStorage.removeItem(key);
      throw error;
    }
  });
}

/** Goes on with all detachments whose end no page has seen. To be called when the page is shown. */
export function resumeAll(
  connection: Omit<DetachVolumeAndWaitOptions, keyof Detachment> & Connection,
): Promise<PromiseSettledResult<DetachOutcome | null>[]> {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  const known = keys.map(stored).filter((detachment) => detachment !== null);
  return Promise.allSettled(known.map((detachment) => detachOnce({ ...connection, ...detachment })));
}

/** Whether a task for this disk was accepted whose end no page has seen. */
export function isUnfinished(disk: Omit<Detachment, "jobId">): boolean {
  return stored(keyOf(disk)) !== null;
}

function keyOf({ serverId, volumeId }: Omit<Detachment, "jobId">): string {
  return `${PREFIX}${serverId}:${volumeId}`;
}

function stored(key: string): Detachment | null {
  return JSON.parse(localStorage.getItem(key) ?? "null");
}
