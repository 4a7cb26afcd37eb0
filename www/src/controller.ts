import { fetchDisks, fetchServers, fetchSession, resetDemo } from "./api.ts";
import { Detaching } from "./detaching.ts";
import { NO_FAULT } from "./faults.ts";
import type { Announcer, Disk, State } from "./model.ts";
import { Operations } from "./operations.ts";
import type { Store } from "./store.ts";
import { text } from "./text.ts";

/** While a disk is being attached or detached, its list is fetched this often. */
const CHANGING_REFRESH_MS = 1500;

export function initialState(): State {
  return {
    session: { name: "loading" },
    servers: { name: "loading" },
    serverId: null,
    disks: { name: "loading" },
    isRefreshing: false,
    isResetting: false,
    operations: [],
    shownOperationId: null,
    faultId: NO_FAULT.id,
  };
}

/** What the user can do. */
export class Controller {
  readonly #store: Store<State>;
  readonly #announcer: Announcer;
  readonly #operations: Operations;
  readonly #detaching: Detaching;
  #loads = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: Store<State>, announcer: Announcer) {
    this.#store = store;
    this.#announcer = announcer;
    this.#operations = new Operations(store, announcer);
    this.#detaching = new Detaching({
      store,
      operations: this.#operations,
      refreshDisks: () => this.refreshDisks(),
    });
  }

  async start(): Promise<void> {
    const store = this.#store;
    store.update({ session: { name: "loading" }, servers: { name: "loading" } });
    try {
      const session = await fetchSession();
      store.update({ session: { name: "ready", value: session, isStale: false, at: new Date() } });
      const servers = await fetchServers(session.projectId);
      store.update({ servers: { name: "ready", value: servers, isStale: false, at: new Date() } });
      const chosen = servers.find((server) => server.id === store.state.serverId) ?? servers[0];
      if (chosen) await this.selectServer(chosen.id);
    } catch (error) {
      const failed = { name: "failed", message: messageOf(error) } as const;
      const hasSession = store.state.session.name === "ready";
      store.update(hasSession ? { servers: failed } : { session: failed, servers: failed });
    }
  }

  async selectServer(serverId: string): Promise<void> {
    const { state } = this.#store;
    if (serverId === state.serverId && state.disks.name === "ready") return;
    this.#store.update({ serverId, disks: { name: "loading" } });
    await this.refreshDisks();
  }

  async refreshDisks(): Promise<void> {
    const { session, serverId, disks: before } = this.#store.state;
    if (session.name !== "ready" || serverId === null) return;
    const load = ++this.#loads;
    clearTimeout(this.#timer);
    this.#store.update({
      isRefreshing: true,
      disks: before.name === "failed" ? { name: "loading" } : before,
    });

    const disks = await loadDisks(session.value.projectId, serverId, before);
    // A later load, of this or another server, has the say.
    if (load !== this.#loads) return;
    this.#store.update({ disks, isRefreshing: false });
    if (disks.name !== "ready" || disks.isStale) return;
    this.#operations.check(serverId, disks.value);
    if (disks.value.some(isChanging)) {
      this.#timer = setTimeout(() => this.refreshDisks(), CHANGING_REFRESH_MS);
    }
  }

  chooseFault(faultId: string): void {
    this.#store.update({ faultId });
  }

  detach(disk: Disk, isForced: boolean): Promise<void> {
    return this.#detaching.detach(disk, isForced);
  }

  cancel(operationId: number): void {
    this.#detaching.cancel(operationId);
  }

  dismiss(operationId: number): void {
    this.#operations.dismiss(operationId);
  }

  showExchange(shownOperationId: number): void {
    this.#store.update({ shownOperationId });
  }

  async reset(): Promise<void> {
    const { session, isResetting } = this.#store.state;
    if (session.name !== "ready" || isResetting) return;
    this.#store.update({ isResetting: true });
    try {
      await resetDemo(session.value.csrfToken);
      this.#operations.clear();
      this.#detaching.cancelAll();
      this.#store.update({ faultId: NO_FAULT.id });
      this.#announcer.say(text.product.resetDone);
    } catch (error) {
      this.#announcer.warn(text.product.resetFailed(messageOf(error)));
    }
    await this.refreshDisks();
    this.#store.update({ isResetting: false });
  }
}

/** The disks; where they cannot be fetched, what was known before, marked as stale. */
async function loadDisks(
  projectId: string,
  serverId: string,
  before: State["disks"],
): Promise<State["disks"]> {
  try {
    const value = await fetchDisks(projectId, serverId);
    return { name: "ready", value, isStale: false, at: new Date() };
  } catch (error) {
    if (before.name === "ready") return { ...before, isStale: true };
    return { name: "failed", message: messageOf(error) };
  }
}

function isChanging(disk: Disk): boolean {
  return disk.status === "detaching" || disk.status === "attaching";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
