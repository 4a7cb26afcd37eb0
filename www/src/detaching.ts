import {
  type BatchProgress,
  type DetachOutcome,
  type DetachSettled,
  detachVolumeAndWait,
  detachVolumes,
  getAttachment,
  type Progress,
  waitForJob,
} from "ecs-detach-volume";
import { connection } from "./connection.ts";
import { recordingFetch } from "./exchange.ts";
import { type FaultChoice, faultyFetch, findFault } from "./faults.ts";
import type { Command, Phase, Session, State, Target } from "./model.ts";
import type { Operations } from "./operations.ts";
import { failureOf } from "./problem.ts";
import type { Store } from "./store.ts";
import type { Task } from "./tasks.ts";

/**
 * Quicker than the package's own pace, because a simulated task takes three seconds. No quicker, so that a disk whose
 * reply was lost is off before the package takes the request for lost.
 */
const PACE = { initialDelayMs: 1000, pollIntervalMs: 1500, maxPollIntervalMs: 1500 };

export interface DetachingContext {
  store: Store<State>;
  operations: Operations;
  /** Looks at the disks of a server. */
  refresh: (serverId: string) => Promise<void>;
}

/** What a command works with, whatever it is about. */
interface Job {
  session: Session;
  target: Target;
  command: Command;
  fault: FaultChoice | null;
}

type End = Phase & { name: "detached" | "failed" };

/** Detaches disks and follows tasks, and tells the operations how they fare. The package does the work. */
export class Detaching {
  readonly #context: DetachingContext;
  /** By the id of the operation or batch. */
  readonly #aborts = new Map<number, AbortController>();

  constructor(context: DetachingContext) {
    this.#context = context;
  }

  async detach(targets: readonly Target[], isForced: boolean): Promise<void> {
    const { session, faultId } = this.#context.store.state;
    const [target] = targets;
    if (session.name !== "ready" || !target) return;
    const fault = findFault(faultId);
    const command = { isForced, simulated: fault?.id ?? null };
    const job = { session: session.value, target, command, fault };
    await (targets.length === 1 ? this.#detachOne(job) : this.#detachSeveral(job, targets));
  }

  /** Goes on with the tasks from before the page was loaded. */
  resume(tasks: readonly Task[]): void {
    // The newest comes first in the list, so it is added last.
    for (const { server, disk, isForced, simulated, jobId, startedAt } of [...tasks].reverse()) {
      const command = { isForced, simulated };
      const id = this.#context.operations.resume({ server, disk }, command, jobId, new Date(startedAt));
      void this.#follow(id, jobId);
    }
  }

  /** Waits again for a task that goes on. */
  async followAgain(id: number): Promise<void> {
    const phase = this.#context.operations.find(id)?.phase;
    const jobId = phase?.name === "failed" ? phase.failure.jobId : null;
    if (jobId === null) return;
    this.#context.operations.restart(id, jobId);
    await this.#follow(id, jobId);
  }

  /** Ends the waiting. What the service has accepted goes on. */
  cancel(id: number): void {
    this.#aborts.get(id)?.abort();
  }

  cancelAll(): void {
    for (const abort of this.#aborts.values()) abort.abort();
  }

  async #detachOne(job: Job): Promise<void> {
    const { session, target, command } = job;
    const id = this.#context.operations.begin(target, command);
    await this.#run(id, async (signal) =>
      detached(
        await detachVolumeAndWait({
          ...connection(session),
          ...PACE,
          ...this.#wire(job, [id]),
          serverId: target.server.id,
          volumeId: target.disk.volumeId,
          force: command.isForced,
          signal,
          onProgress: (progress) => this.#context.operations.progress(id, progress),
        }),
      ),
    );
  }

  async #detachSeveral(job: Job, targets: readonly Target[]): Promise<void> {
    const { operations, refresh } = this.#context;
    const { session, command } = job;
    const { batchId, ids } = operations.beginBatch(targets, command);
    let detachedSoFar = 0;
    const tell = ({ index, progress, detached: count }: BatchProgress, signal: AbortSignal) => {
      const isDetached = count > detachedSoFar;
      detachedSoFar = count;
      const id = ids[index] ?? 0;
      if (progress) return operations.progress(id, progress);
      // After a cancel, what became of all follows at once.
      if (!signal.aborted) operations.endInBatch(id, isDetached);
      if (isDetached) void refresh(targets[index]?.server.id ?? "");
    };
    const ends = await this.#abortable(batchId, async (signal) => {
      const settled = detachVolumes({
        ...connection(session),
        ...PACE,
        ...this.#wire(job, ids),
        targets: targets.map(({ server, disk }) => ({
          serverId: server.id,
          volumeId: disk.volumeId,
          force: command.isForced,
        })),
        signal,
        onProgress: (progress) => tell(progress, signal),
      });
      return settled.then(
        (results) => results.map(endOf),
        (error) => ids.map(() => failed(error)),
      );
    });
    operations.endBatch(batchId, ids, ends);
    const servers = new Set(targets.map(({ server }) => server.id));
    await Promise.all([...servers].map(refresh));
  }

  async #follow(id: number, jobId: string): Promise<void> {
    const { store, operations } = this.#context;
    const { session } = store.state;
    const target = operations.find(id);
    if (session.name !== "ready" || !target) return;
    const about = { ...connection(session.value), fetch: this.#recorder([id]) };
    await this.#run(id, async (signal) => {
      const onProgress = (progress: Progress) => operations.progress(id, progress);
      await waitForJob({ ...about, ...PACE, jobId, signal, onProgress });
      const { server, disk } = target;
      const last = operations.find(id)?.phase;
      if (last?.name === "running") operations.progress(id, { ...last.progress, phase: "confirming" });
      const found = getAttachment({ ...about, serverId: server.id, volumeId: disk.volumeId, signal });
      // The task has succeeded; what the list of disks says only adds to that.
      return {
        name: "detached",
        jobId,
        isConfirmed: await found.then(
          (known) => !known,
          () => false,
        ),
      };
    });
  }

  /** Runs one operation to its end. */
  async #run(id: number, work: (signal: AbortSignal) => Promise<End>): Promise<void> {
    const { operations, refresh } = this.#context;
    operations.end(id, await this.#abortable(id, (signal) => work(signal).catch(failed)));
    const operation = operations.find(id);
    if (operation) await refresh(operation.server.id);
  }

  async #abortable<T>(id: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    this.#aborts.set(id, abort);
    try {
      return await work(abort.signal);
    } finally {
      this.#aborts.delete(id);
    }
  }

  /** What the requests of some operations are sent with. */
  #wire({ target, fault }: Job, ids: readonly number[]) {
    const send = this.#recorder(ids);
    return {
      attemptTimeoutMs: fault?.attemptTimeoutMs,
      fetch: fault ? faultyFetch(fault, target.disk.volumeId, send) : send,
    };
  }

  #recorder(ids: readonly number[]): typeof fetch {
    const { operations } = this.#context;
    return recordingFetch((exchange) => {
      const id = ids.length === 1 ? ids[0] : operations.findByUrl(ids, exchange.url);
      if (id !== undefined) operations.setExchange(id, exchange);
    });
  }
}

function detached({ jobId, confirmedBy }: DetachOutcome): End {
  return { name: "detached", jobId, isConfirmed: confirmedBy === "attachment" };
}

function failed(error: unknown): End {
  const failure = failureOf(error);
  return { name: "failed", failure, aftermath: failure.isOpen ? "checking" : null };
}

function endOf(result: DetachSettled): End {
  return result.status === "fulfilled" ? detached(result.value) : failed(result.reason);
}
