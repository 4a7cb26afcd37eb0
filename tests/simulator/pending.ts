import type { Job } from "./types.ts";

/** Jobs whose effect is still to come, found by disk and by server. A disk is in one of them at most. */
export class PendingJobs {
  readonly #effectMs: (job: Job) => number;
  readonly #byVolume = new Map<string, Job>();
  readonly #byServer = new Map<string, Set<Job>>();
  /** No effect comes before this. Most requests come earlier, and need no look at every job. */
  #nextMs = Number.POSITIVE_INFINITY;

  constructor(effectMs: (job: Job) => number) {
    this.#effectMs = effectMs;
  }

  add(job: Job): void {
    this.#byVolume.set(job.volumeId, job);
    const neighbours = this.#byServer.get(job.serverId) ?? new Set();
    this.#byServer.set(job.serverId, neighbours.add(job));
    this.#nextMs = Math.min(this.#nextMs, this.#effectMs(job));
  }

  /** To be called when the plan of a job has changed, and so the time of its effect. */
  reschedule(): void {
    this.#nextMs = Number.NEGATIVE_INFINITY;
  }

  /** Takes out the jobs whose time has come, in the order in which they were added. */
  takeDue(now: number): Job[] {
    if (now < this.#nextMs) return [];
    const due = [...this.#byVolume.values()].filter((job) => this.#effectMs(job) <= now);
    for (const job of due) {
      this.#byVolume.delete(job.volumeId);
      this.#byServer.get(job.serverId)?.delete(job);
    }
    const times = [...this.#byVolume.values()].map(this.#effectMs);
    this.#nextMs = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
    return due;
  }

  ofVolume(volumeId: string): Job | undefined {
    return this.#byVolume.get(volumeId);
  }

  ofServer(serverId: string): Iterable<Job> {
    return this.#byServer.get(serverId) ?? [];
  }
}
