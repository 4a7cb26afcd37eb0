import { type Disk, isDetachable, type State, type Target } from "./model.ts";
import type { Store } from "./store.ts";

/** The disks that are chosen to be detached together, of any number of servers. */
export class Selection {
  readonly #store: Store<State>;

  constructor(store: Store<State>) {
    this.#store = store;
  }

  choose(targets: readonly Target[], isChosen: boolean): void {
    const rest = this.#store.state.selection.filter(
      (found) => !targets.some((target) => isSame(found, target)),
    );
    this.#store.update({ selection: isChosen ? [...rest, ...targets] : rest });
  }

  clear(): void {
    this.#store.update({ selection: [] });
  }

  /** Leaves only what a fresh list of a server's disks allows. */
  check(serverId: string, disks: readonly Disk[]): void {
    const { state } = this.#store;
    const selection = state.selection.flatMap((target) => {
      if (target.server.id !== serverId) return [target];
      const disk = disks.find(({ volumeId }) => volumeId === target.disk.volumeId);
      return disk && isDetachable(state, disk) ? [{ ...target, disk }] : [];
    });
    this.#store.update({ selection });
  }
}

export function isSelected({ selection }: State, target: Target): boolean {
  return selection.some((found) => isSame(found, target));
}

export function countServers(targets: readonly Target[]): number {
  return new Set(targets.map(({ server }) => server.id)).size;
}

function isSame(one: Target, other: Target): boolean {
  return one.server.id === other.server.id && one.disk.volumeId === other.disk.volumeId;
}
