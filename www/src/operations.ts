import type { Progress } from "ecs-detach-volume";
import { language, text } from "./language.ts";
import {
  type Aftermath,
  type Announcer,
  type Batch,
  type Command,
  type Disk,
  type Exchange,
  isSeenOff,
  type Operation,
  type Phase,
  type State,
  type Target,
} from "./model.ts";
import { describeFailure } from "./problem.ts";
import { withLogin } from "./progress-text.ts";
import type { Store } from "./store.ts";
import { tally } from "./tally.ts";

/** What a later list may change. */
const OPEN: readonly (Aftermath | null)[] = ["checking", "unread", "detaching"];

/** The lists of operations and batches in the state, kept and announced. */
export class Operations {
  readonly #store: Store<State>;
  readonly #announcer: Announcer;
  #count = 0;
  /** The batches of which no disk comes further. */
  readonly #held = new Set<number>();

  constructor(store: Store<State>, announcer: Announcer) {
    this.#store = store;
    this.#announcer = announcer;
  }

  begin(target: Target, command: Command): number {
    const id = this.#add([target], (operation) => ({ ...operation, ...command, phase: beginning(null) }));
    this.#store.update({ faultId: null });
    this.#announcer.say(this.#words.begun(target.disk.name), true);
    return id;
  }

  /**
   * Several disks at once; the ids are in the order of the targets.
   *
   * @param isForAll Whether all of them meet the fault; else the first one does.
   */
  beginBatch(
    targets: readonly Target[],
    { isForced, simulated }: Command,
    isForAll: boolean,
  ): { batchId: number; ids: number[] } {
    const batchId = ++this.#count;
    const batch: Batch = {
      isForced,
      simulated: isForAll ? simulated : null,
      id: batchId,
      startedAt: new Date(),
    };
    this.#store.update({ batches: [batch, ...this.#store.state.batches], faultId: null });
    const first = this.#add(targets, (operation, index) => ({
      ...operation,
      isForced,
      simulated: isForAll || index > 0 ? null : simulated,
      batchId,
    }));
    this.#announcer.say(this.#words.batchBegun(targets.length), true);
    return { batchId, ids: targets.map((_, index) => first + index) };
  }

  /** A task that was under way before the page was loaded. */
  resume(target: Target, command: Command, jobId: string, startedAt: Date): number {
    const phase = beginning(jobId);
    return this.#add([target], (operation) => ({
      ...operation,
      ...command,
      phase,
      startedAt,
      isResumed: true,
    }));
  }

  /** Back to a task that was no longer waited for. */
  restart(id: number, jobId: string): void {
    this.#replace(id, { phase: beginning(jobId), endedAt: null });
    const operation = this.find(id);
    if (operation) this.#announcer.say(this.#words.followed(operation.disk.name), true);
  }

  find(id: number): Operation | undefined {
    return this.#store.state.operations.find((found) => found.id === id);
  }

  progress(id: number, told: Progress): void {
    const operation = this.find(id);
    if (!operation) return;
    const progress = withLogin(told, operation.exchanges);
    const { phase, batchId } = operation;
    this.#replace(id, {
      phase: { name: "running", progress, at: Date.now() },
      ...(phase.name === "queued" ? { startedAt: new Date() } : {}),
    });
    const news = batchId === null ? this.#news(operation, progress) : this.#newsOfBatch(batchId, progress);
    if (news !== null) this.#announcer.say(news, true);
  }

  end(id: number, phase: Phase & { name: "detached" | "failed" }): void {
    const operation = this.find(id);
    if (!operation) return;
    const { name } = operation.disk;
    this.#replace(id, { phase, endedAt: new Date() });
    if (phase.name === "detached") {
      this.#announcer.say((phase.isConfirmed ? this.#words.confirmed : this.#words.detached)(name), true);
    } else {
      this.#announcer[isTrouble(phase) ? "warn" : "say"](
        this.#words.failed(name, describeFailure(phase.failure).title),
        true,
      );
    }
  }

  /** One of several is over. */
  endInBatch(id: number, phase: Phase): void {
    const operation = this.find(id);
    if (!operation) return;
    this.#replace(id, { phase, endedAt: new Date() });
    const sum = tally(this.#ofBatch(operation.batchId));
    const words = sum.active > 0 ? this.#words.batchGoesOn(sum) : this.#words.batchEnded(sum);
    if (isTrouble(phase)) {
      const { title } = describeFailure(phase.failure);
      this.#announcer.warn(this.#words.failedOfSeveral(operation.disk.name, title, words), true);
    } else {
      this.#announcer.say(words, true);
    }
  }

  setExchange(id: number, exchange: Exchange): void {
    const exchanges = [...(this.find(id)?.exchanges ?? [])];
    const known = exchanges.findIndex((found) => found.id === exchange.id);
    if (known < 0) exchanges.push(exchange);
    else exchanges[known] = exchange;
    this.#replace(id, { exchanges });
  }

  /** Which of several operations a request is about. */
  findByUrl(ids: readonly number[], url: string): number | undefined {
    if (ids.length === 1) return ids[0];
    return ids.find((id) => {
      const operation = this.find(id);
      if (!operation) return false;
      const { phase, disk } = operation;
      const jobId = phase.name === "running" ? phase.progress.jobId : null;
      return url.includes(disk.volumeId) || (jobId !== null && url.endsWith(`/jobs/${jobId}`));
    });
  }

  /** Before the list of disks is asked what became of one. */
  ask(id: number): void {
    const phase = this.find(id)?.phase;
    if (phase?.name === "failed") this.#replace(id, { phase: { ...phase, aftermath: "checking" } });
  }

  /** Says what the list of disks told about one; that a disk is off has been said. */
  tell(id: number): void {
    const phase = this.find(id)?.phase;
    if (phase?.name === "failed" && phase.aftermath && phase.aftermath !== "gone") {
      this.#announcer.say(text.activity.aftermath[phase.aftermath], true);
    }
  }

  dismiss(isDismissed: (operation: Operation) => boolean): void {
    const { operations, batches, shownOperationId } = this.#store.state;
    const rest = operations.filter((operation) => !isDismissed(operation));
    const isShownLeft = rest.some(({ id }) => id === shownOperationId);
    this.#store.update({
      operations: rest,
      batches: batches.filter(({ id }) => rest.some(({ batchId }) => batchId === id)),
      shownOperationId: isShownLeft ? shownOperationId : (rest[0]?.id ?? null),
    });
  }

  /** Says what a fresh list of a server's disks tells about what is not certain; null: it could not be read. */
  check(serverId: string, disks: readonly Disk[] | null): void {
    const news: string[] = [];
    const operations = this.#store.state.operations.map((operation) => {
      const { phase: before, server, disk } = operation;
      if (server.id !== serverId) return operation;
      if (!disks) return { ...operation, phase: unchecked(before) };
      const found = disks.find(({ volumeId }) => volumeId === disk.volumeId);
      const phase = checked(before, found);
      news.push(...this.#newsOfList(disk, before, phase));
      return { ...operation, phase };
    });
    this.#store.update({ operations });
    if (news.length > 0) this.#announcer.say(news.join(" "), true);
  }

  /** A list of a server's disks without those that have been seen off since. */
  withoutDetached(disks: State["disks"], serverId: string): State["disks"] {
    if (disks.name !== "ready") return disks;
    const isOff = ({ volumeId }: Disk) =>
      this.#store.state.operations.some(
        (operation) =>
          operation.server.id === serverId &&
          operation.disk.volumeId === volumeId &&
          isSeenOff(operation.phase) &&
          operation.endedAt !== null &&
          operation.endedAt >= disks.at,
      );
    return { ...disks, value: disks.value.filter((disk) => !isOff(disk)) };
  }

  /** Adds one operation for each target, and gives the id of the first. */
  #add(targets: readonly Target[], complete: (operation: Operation, index: number) => Operation): number {
    const first = this.#count + 1;
    const added = targets.map((target, index) =>
      complete(
        {
          ...target,
          id: ++this.#count,
          batchId: null,
          isForced: false,
          isResumed: false,
          simulated: null,
          startedAt: new Date(),
          endedAt: null,
          phase: { name: "queued" },
          exchanges: [],
        },
        index,
      ),
    );
    this.#store.update({
      operations: [...added, ...this.#store.state.operations],
      shownOperationId: first,
    });
    return first;
  }

  /** What is told of a detach that has come further; null: nothing new. */
  #news({ phase, disk }: Operation, progress: Progress): string | null {
    const before = phase.name === "running" ? phase.progress : null;
    if (before?.phase !== progress.phase) {
      if (progress.phase === "waiting") return this.#words.waiting(disk.name);
      if (progress.phase === "settling") return this.#words.settling(disk.name);
    }
    const failure = progress.lastFailure?.kind;
    if (failure === before?.lastFailure?.kind) return null;
    if (failure !== undefined) return this.#words.about(disk.name, language.describeProgress(progress));
    return progress.phase === "waiting" ? this.#words.answersAgain(disk.name) : null;
  }

  /**
   * Of several disks, no single step is told: that would be a stream of words. But it is where none of them comes further,
   * and when that is over.
   */
  #newsOfBatch(batchId: number, progress: Progress): string | null {
    const running = this.#ofBatch(batchId).filter(({ phase }) => phase.name === "running");
    const areHeld = running.every(
      ({ phase }) => phase.name === "running" && phase.progress.lastFailure !== null,
    );
    if (areHeld === this.#held.has(batchId)) return null;
    if (areHeld) this.#held.add(batchId);
    else this.#held.delete(batchId);
    const disks = running.map(({ disk }) => disk.name).join(text.dialog.separator);
    return areHeld
      ? this.#words.about(disks, language.describeProgress(progress))
      : this.#words.answersAgain(disks);
  }

  /** What is told of a list that says more than the end of a detach did. */
  #newsOfList({ name }: Disk, before: Phase, phase: Phase): string[] {
    if (before.name !== "failed" || phase.name !== "failed" || phase.aftermath === before.aftermath)
      return [];
    if (phase.aftermath === "gone") return [this.#words.confirmed(name)];
    // Right after the end, that the disk is still attached is no news.
    const isNews = phase.aftermath === "attached" && before.aftermath !== "checking";
    return isNews ? [this.#words.about(name, text.activity.aftermath.attached)] : [];
  }

  get #words() {
    return text.activity.announce;
  }

  #replace(id: number, change: Partial<Operation>): void {
    const operations = this.#store.state.operations.map((found) =>
      found.id === id ? { ...found, ...change } : found,
    );
    this.#store.update({ operations });
  }

  #ofBatch(batchId: number | null): readonly Operation[] {
    return this.#store.state.operations.filter((found) => found.batchId === batchId);
  }
}

/** A failure that the user has not brought about. */
function isTrouble(phase: Phase): phase is Phase & { name: "failed" } {
  return phase.name === "failed" && phase.failure.tone !== "neutral";
}

function beginning(jobId: string | null): Phase {
  const phase = jobId === null ? "checking" : "waiting";
  const requests = { attempts: 0, nextInMs: null, lastFailure: null, requestId: null, detachRequestId: null };
  const progress: Progress = { phase, jobId, status: null, polls: 0, elapsedMs: 0, ...requests };
  return { name: "running", progress, at: Date.now() };
}

/** A phase in the light of a fresh list; `found` is the disk in it. */
function checked(phase: Phase, found: Disk | undefined): Phase {
  if (phase.name === "detached") return { ...phase, isConfirmed: phase.isConfirmed || !found };
  const isOpen = phase.name === "failed" && OPEN.includes(phase.aftermath);
  return isOpen ? { ...phase, aftermath: aftermathOf(found) } : phase;
}

function unchecked(phase: Phase): Phase {
  const isAsked = phase.name === "failed" && phase.aftermath === "checking";
  return isAsked ? { ...phase, aftermath: "unread" } : phase;
}

function aftermathOf(disk: Disk | undefined): Aftermath {
  if (!disk) return "gone";
  return disk.status === "detaching" ? "detaching" : "attached";
}
