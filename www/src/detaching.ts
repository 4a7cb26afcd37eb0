import { type DetachVolumeOptions, detachVolume } from "ecs-detach-volume";
import { ENDPOINT, fetchJob } from "./api.ts";
import { recordingFetch } from "./exchange.ts";
import { type FaultChoice, findFault, NO_FAULT } from "./faults.ts";
import { type Disk, type Session, type State, selectedServer } from "./model.ts";
import type { Operations } from "./operations.ts";
import { describeFailedJob, describeProblem } from "./problem.ts";
import type { Store } from "./store.ts";

const JOB_POLL_MS = 1000;
/** So many failed looks at a job in a row, and the console gives up following it. */
const MAX_FAILED_POLLS = 5;
/** The disk list can lag behind a finished job. */
const MAX_LIST_CHECKS = 20;

export interface DetachingContext {
  store: Store<State>;
  operations: Operations;
  refreshDisks: () => Promise<void>;
}

/** Detaches disks, each followed from the request to its end. */
export class Detaching {
  readonly #store: Store<State>;
  readonly #operations: Operations;
  readonly #refreshDisks: () => Promise<void>;
  readonly #aborts = new Map<number, AbortController>();

  constructor({ store, operations, refreshDisks }: DetachingContext) {
    this.#store = store;
    this.#operations = operations;
    this.#refreshDisks = refreshDisks;
  }

  async detach(disk: Disk, isForced: boolean): Promise<void> {
    const { session, faultId } = this.#store.state;
    const server = selectedServer(this.#store.state);
    if (session.name !== "ready" || !server) return;
    const fault = findFault(faultId);
    const simulated = fault === NO_FAULT ? null : fault.label;
    const id = this.#operations.begin({ disk, server, isForced, simulated });
    const abort = new AbortController();
    this.#aborts.set(id, abort);
    try {
      const { jobId } = await detachVolume({
        ...this.#connection(session.value, fault, id),
        serverId: server.id,
        volumeId: disk.volumeId,
        force: isForced,
        signal: abort.signal,
      });
      this.#operations.setPhase(id, { name: "accepted", jobId, jobStatus: "INIT" });
      void this.#refreshDisks();
      await this.#follow(id, session.value.projectId, jobId);
    } catch (error) {
      const problem = describeProblem(error);
      const aftermath = problem.mayHaveStarted ? "checking" : null;
      this.#operations.setPhase(id, { name: "failed", problem, aftermath });
      if (this.#operations.find(id)) await this.#refreshDisks();
    } finally {
      this.#aborts.delete(id);
    }
  }

  /** Cancels the request. What the service has accepted goes on. */
  cancel(id: number): void {
    this.#aborts.get(id)?.abort();
  }

  cancelAll(): void {
    for (const abort of this.#aborts.values()) abort.abort();
  }

  #connection(session: Session, fault: FaultChoice, id: number) {
    const { projectId, csrfToken } = session;
    const headers: Record<string, string> = { "X-CSRF-Token": csrfToken };
    if (fault.header !== null) headers["X-Sim-Fault"] = fault.header;
    return {
      endpoint: ENDPOINT,
      projectId,
      headers,
      language: "en-us",
      attemptTimeoutMs: fault.attemptTimeoutMs,
      fetch: recordingFetch((index, exchange) => this.#operations.setExchange(id, index, exchange)),
    } satisfies Partial<DetachVolumeOptions>;
  }

  /** Looks at the job until it has ended. */
  async #follow(id: number, projectId: string, jobId: string): Promise<void> {
    let failures = 0;
    while (this.#operations.find(id)) {
      await pause(JOB_POLL_MS);
      const job = await fetchJob(projectId, jobId).catch(() => null);
      failures = job ? 0 : failures + 1;
      if (failures === MAX_FAILED_POLLS) return this.#operations.setPhase(id, { name: "unknown", jobId });
      if (job?.status === "FAIL") {
        const problem = describeFailedJob(jobId, job);
        this.#operations.setPhase(id, { name: "failed", problem, aftermath: null });
        return this.#refreshDisks();
      }
      if (job?.status === "SUCCESS") return this.#settle(id, jobId);
      if (job) this.#operations.setPhase(id, { name: "accepted", jobId, jobStatus: job.status });
    }
  }

  /** Waits until the list of disks agrees with the finished job. */
  async #settle(id: number, jobId: string): Promise<void> {
    this.#operations.setPhase(id, { name: "accepted", jobId, jobStatus: "SUCCESS" });
    for (let checks = 0; checks < MAX_LIST_CHECKS && this.#operations.find(id); checks++) {
      await this.#refreshDisks();
      if (!this.#isListed(id)) return this.#operations.setPhase(id, { name: "detached", jobId });
      await pause(JOB_POLL_MS);
    }
    this.#operations.setPhase(id, { name: "unknown", jobId });
  }

  /** Whether the list still shows the disk; another server's list says nothing about it. */
  #isListed(id: number): boolean {
    const { disks, serverId } = this.#store.state;
    const operation = this.#operations.find(id);
    if (!operation || operation.server.id !== serverId || disks.name !== "ready") return false;
    return disks.isStale || disks.value.some((disk) => disk.volumeId === operation.disk.volumeId);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
