import { NO_FAULT } from "./faults.ts";
import type { Aftermath, Announcer, Disk, Exchange, Operation, Phase, State } from "./model.ts";
import type { Store } from "./store.ts";
import { text } from "./text.ts";

/** The list of operations in the state, kept and announced. */
export class Operations {
  readonly #store: Store<State>;
  readonly #announcer: Announcer;
  #count = 0;

  constructor(store: Store<State>, announcer: Announcer) {
    this.#store = store;
    this.#announcer = announcer;
  }

  begin(about: Pick<Operation, "disk" | "server" | "isForced" | "simulated">): number {
    const id = ++this.#count;
    const started: Operation = {
      ...about,
      id,
      startedAt: new Date(),
      phase: { name: "sending" },
      exchanges: [],
    };
    this.#store.update({
      operations: [started, ...this.#store.state.operations],
      shownOperationId: id,
      faultId: NO_FAULT.id,
    });
    this.#announcer.say(text.activity.announce.sending(about.disk.name), true);
    return id;
  }

  find(id: number): Operation | undefined {
    return this.#store.state.operations.find((found) => found.id === id);
  }

  setPhase(id: number, phase: Phase): void {
    const operation = this.find(id);
    if (!operation) return;
    const isNews = operation.phase.name !== phase.name;
    this.#replace(id, { phase });
    if (isNews) this.#announce(operation.disk, phase);
  }

  setExchange(id: number, index: number, exchange: Exchange): void {
    const exchanges = [...(this.find(id)?.exchanges ?? [])];
    exchanges[index] = exchange;
    this.#replace(id, { exchanges });
  }

  dismiss(id: number): void {
    const { operations, shownOperationId } = this.#store.state;
    const rest = operations.filter((found) => found.id !== id);
    const isShown = shownOperationId === id;
    this.#store.update({
      operations: rest,
      shownOperationId: isShown ? (rest[0]?.id ?? null) : shownOperationId,
    });
  }

  clear(): void {
    this.#store.update({ operations: [], shownOperationId: null });
  }

  /** Says of operations whose fate is unknown what a fresh list of their server's disks tells. */
  check(serverId: string, disks: readonly Disk[]): void {
    const operations = this.#store.state.operations.map((operation) => {
      const { phase, server, disk } = operation;
      if (server.id !== serverId || phase.name !== "failed" || !isOpen(phase.aftermath)) return operation;
      const found = disks.find(({ volumeId }) => volumeId === disk.volumeId);
      return { ...operation, phase: { ...phase, aftermath: aftermathOf(found) } };
    });
    this.#store.update({ operations });
  }

  #replace(id: number, change: Partial<Operation>): void {
    const operations = this.#store.state.operations.map((found) =>
      found.id === id ? { ...found, ...change } : found,
    );
    this.#store.update({ operations });
  }

  #announce({ name }: Disk, phase: Phase): void {
    const say = text.activity.announce;
    if (phase.name === "failed") this.#announcer.warn(say.failed(name, phase.problem.title), true);
    else this.#announcer.say(say[phase.name](name), true);
  }
}

/** The detach of this disk that is still going on. */
export function runningOperation(state: State, disk: Disk): Operation | undefined {
  return state.operations.find(
    ({ disk: { volumeId }, phase }) =>
      volumeId === disk.volumeId && (phase.name === "sending" || phase.name === "accepted"),
  );
}

function isOpen(aftermath: Aftermath | null): boolean {
  return aftermath === "checking" || aftermath === "detaching";
}

function aftermathOf(disk: Disk | undefined): Aftermath {
  if (!disk) return "gone";
  return disk.status === "detaching" ? "detaching" : "attached";
}
