import {
  type BatchProgress,
  type DetachOutcome,
  type DetachSettled,
  detachVolumeAndWait,
  detachVolumes,
} from "ecs-detach-volume";
import { connection } from "./connection.ts";
import { recordingFetch } from "./exchange.ts";
import { type FaultChoice, faultyFetch, findFault, renewing } from "./faults.ts";
import type { Command, Phase, Session, State, Target } from "./model.ts";
import type { Operations } from "./operations.ts";
import { failureOf } from "./problem.ts";
import type { Store } from "./store.ts";
import type { Task } from "./tasks.ts";

/**
 * A simulated task takes three seconds. A disk whose reply was lost is to be off before the package has seen it often enough
 * to take the request for lost.
 */
const PACE = { pollIntervalMs: 1500 };

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

  /** Ends the waiting, of an operation or of a batch. What the service has accepted goes on. */
  cancel(id: number): void {
    // One of a batch that is followed again is waited for by itself.
    const own = this.#context.store.state.operations.filter(({ batchId }) => batchId === id);
    for (const each of [id, ...own.map((operation) => operation.id)]) this.#aborts.get(each)?.abort();
  }

  cancelAll(): void {
    for (const abort of this.#aborts.values()) abort.abort();
  }

  async #detachOne(job: Job): Promise<void> {
    await this.#wait(this.#context.operations.begin(job.target, job.command), job);
  }

  /** Goes on with a task, without the fault that its beginning may have met. */
  async #follow(id: number, jobId: string): Promise<void> {
    const { store, operations } = this.#context;
    const { session } = store.state;
    const target = operations.find(id);
    if (session.name !== "ready" || !target) return;
    const command = { isForced: target.isForced, simulated: target.simulated };
    await this.#wait(id, { session: session.value, target, command, fault: null }, jobId);
  }

  /** Runs one operation to its end: from its beginning, or from a task that was accepted before. */
  async #wait(id: number, job: Job, jobId?: string): Promise<void> {
    const { operations, refresh } = this.#context;
    const { session, target, command } = job;
    const end = await this.#abortable(id, (signal) =>
      detachVolumeAndWait({
        ...connection(session),
        ...PACE,
        ...this.#wire(job, [id]),
        serverId: target.server.id,
        volumeId: target.disk.volumeId,
        force: command.isForced,
        jobId,
        signal,
        onProgress: (progress) => operations.progress(id, progress),
      }).then(detached, failed),
    );
    operations.end(id, end);
    if (operations.find(id)) await refresh(target.server.id);
  }

  async #detachSeveral(job: Job, targets: readonly Target[]): Promise<void> {
    const { operations, refresh } = this.#context;
    const { session, command } = job;
    const { batchId, ids } = operations.beginBatch(targets, command, job.fault?.isOutage ?? false);
    const tell = ({ index, progress, settled }: BatchProgress) => {
      const id = ids[index] ?? 0;
      if (progress) operations.progress(id, progress);
      if (!settled) return;
      operations.endInBatch(id, endOf(settled));
      void refresh(targets[index]?.server.id ?? "");
    };
    await this.#abortable(batchId, (signal) =>
      detachVolumes({
        ...connection(session),
        ...PACE,
        ...this.#wire(job, ids),
        targets: targets.map(({ server, disk }) => ({
          serverId: server.id,
          volumeId: disk.volumeId,
          force: command.isForced,
        })),
        signal,
        onProgress: tell,
      }).catch((error) => {
        for (const id of ids) operations.endInBatch(id, failed(error));
      }),
    );
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
  #wire({ fault }: Job, ids: readonly number[]) {
    const isOfFirst = (url: string) => this.#context.operations.findByUrl(ids, url) === ids[0];
    const send = this.#recorder(ids);
    return {
      attemptTimeoutMs: fault?.attemptTimeoutMs,
      timeoutMs: fault?.timeoutMs,
      auth: fault?.renewal && renewing(fault.renewal),
      fetch: fault ? faultyFetch(fault, isOfFirst, send) : send,
    };
  }

  #recorder(ids: readonly number[]): typeof fetch {
    const { operations } = this.#context;
    // By the id of the exchange: its last report may come after its detach has ended, and forgotten its task.
    const owners = new Map<number, number>();
    return recordingFetch((exchange) => {
      const id = owners.get(exchange.id) ?? operations.findByUrl(ids, exchange.url);
      if (id === undefined) return;
      owners.set(exchange.id, id);
      operations.setExchange(id, exchange);
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
