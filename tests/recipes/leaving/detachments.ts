import {
  type Connection,
  type DetachOutcome,
  type DetachVolumeAndWaitOptions,
  detachVolumeAndWait,
  isEcsError,
} from "ecs-detach-volume";

const PREFIX = "detachment:";

/** A disk, and where it is. */
type Disk = Pick<DetachVolumeAndWaitOptions, "endpoint" | "projectId" | "serverId" | "volumeId">;

/** What is stored of a detachment. The rest is in its key. */
interface Detachment {
  serverId: string;
  volumeId: string;
  jobId: string;
}

/**
 * Detaches a disk, in one tab at a time; `null` if another tab is already doing it. Goes on with the task that was
 * accepted before, if there is one: nothing is sent twice.
 */
export function detachOnce(options: DetachVolumeAndWaitOptions): Promise<DetachOutcome | null> {
  const { serverId, volumeId } = options;
  const key = keyOf(options);
  return alone(key, async () => {
    try {
      const outcome = await detachVolumeAndWait({
        ...options,
        jobId: stored(key)?.jobId,
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

/**
 * Goes on with all detachments of this project whose end no page has seen. To be called when the page is shown, and when
 * the user chooses another project.
 */
export function resumeAll(
  connection: Omit<DetachVolumeAndWaitOptions, keyof Detachment> & Connection,
): Promise<PromiseSettledResult<DetachOutcome | null>[]> {
  const known = Object.keys(localStorage).flatMap((key) => {
    const detachment = key.startsWith(PREFIX) ? stored(key) : null;
    // The service knows a task in its own project only: elsewhere it would seem to be gone.
    return detachment && keyOf({ ...connection, ...detachment }) === key ? [detachment] : [];
  });
  return Promise.allSettled(known.map((detachment) => detachOnce({ ...connection, ...detachment })));
}

/** Whether a task was accepted whose end no page has seen. */
export function isUnfinished(key: string): boolean {
  return stored(key) !== null;
}

/** The name of a detachment: in storage, as a lock, and in caches. */
export function keyOf({ endpoint, projectId, serverId, volumeId }: Disk): string {
  const address = typeof endpoint === "string" ? endpoint : endpoint.href;
  return [PREFIX + address, projectId, serverId, volumeId].join(":");
}

function stored(key: string): Detachment | null {
  return JSON.parse(localStorage.getItem(key) ?? "null");
}

const running = new Set<string>();

/** Runs `body`, unless another tab is doing so. Without Web Locks, it knows of this page only. */
async function alone<T>(key: string, body: () => Promise<T>): Promise<T | null> {
  if (navigator.locks) {
    return navigator.locks.request(key, { ifAvailable: true }, async (lock) => (lock ? body() : null));
  }
  if (running.has(key)) return null;
  running.add(key);
  try {
    return await body();
  } finally {
    running.delete(key);
  }
}
