import { fetchDisks, fetchServers, fetchSession, resetDemo } from "./api.ts";
import { Detaching } from "./detaching.ts";
import { timeOf } from "./format.ts";
import { text } from "./language.ts";
import { type Announcer, activeOperation, type Disk, isChanging, type State, type Target } from "./model.ts";
import { Operations } from "./operations.ts";
import { describeLoadFailure } from "./problem.ts";
import { Selection } from "./selection.ts";
import type { Store } from "./store.ts";
import { TaskMemory } from "./tasks.ts";
import type { FaultId } from "./types.ts";

/** While the list shows a disk that something is being done to, and not from here, it is fetched this often. */
const CHANGING_REFRESH_MS = 3000;

export function initialState(): State {
  return {
    session: { name: "loading" },
    servers: { name: "loading" },
    serverId: null,
    disks: { name: "loading" },
    isRefreshing: false,
    isResetting: false,
    selection: [],
    operations: [],
    batches: [],
    shownOperationId: null,
    faultId: null,
    preload: null,
  };
}

/** What the user can do. */
export class Controller {
  readonly selection: Selection;
  readonly #store: Store<State>;
  readonly #announcer: Announcer;
  readonly #operations: Operations;
  readonly #detaching: Detaching;
  readonly #tasks: TaskMemory;
  #loads = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: Store<State>, announcer: Announcer) {
    this.#store = store;
    this.#announcer = announcer;
    this.#tasks = new TaskMemory(store);
    this.#operations = new Operations(store, announcer);
    this.selection = new Selection(store);
    this.#detaching = new Detaching({
      store,
      operations: this.#operations,
      refresh: (serverId) => this.#refresh(serverId),
    });
  }

  async start(): Promise<void> {
    const store = this.#store;
    store.update({ session: { name: "loading" }, servers: { name: "loading" } });
    try {
      const session = await fetchSession();
      store.update({ session: { name: "ready", value: session, isStale: false, at: new Date() } });
      this.#resume(session.projectId);
      const servers = await fetchServers(session.projectId);
      store.update({ servers: { name: "ready", value: servers, isStale: false, at: new Date() } });
      const chosen = servers.find((server) => server.id === store.state.serverId) ?? servers[0];
      if (chosen) await this.selectServer(chosen.id);
    } catch (error) {
      const failed = { name: "failed", error } as const;
      this.#announcer.warn(text.load.sentences(text.servers.failed, describeLoadFailure(error)), true);
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

  /** Because the user wants it, who is told how it went. */
  async refreshDisks(): Promise<void> {
    const { name } = this.#store.state.disks;
    await this.#loadDisks();
    const { disks } = this.#store.state;
    if (disks.name === "failed") {
      this.#announcer.warn(text.load.sentences(text.disks.failed, describeLoadFailure(disks.error)), true);
    } else if (disks.name === "ready" && disks.isStale) {
      this.#announcer.warn(text.disks.stale(timeOf(disks.at)), true);
    } else if (disks.name === "ready" && name !== "loading") {
      this.#announcer.say(text.disks.updated(timeOf(disks.at)), true);
    }
  }

  async #loadDisks(): Promise<void> {
    const { session, serverId, disks: before } = this.#store.state;
    if (session.name !== "ready" || serverId === null) return;
    const load = ++this.#loads;
    clearTimeout(this.#timer);
    this.#store.update({
      isRefreshing: true,
      disks: before.name === "failed" ? { name: "loading" } : before,
    });

    const known = () => this.#operations.withoutDetached(before, serverId);
    const disks = await loadDisks(() => fetchDisks(session.value, serverId), known);
    const fresh = disks.name === "ready" && !disks.isStale ? disks.value : null;
    const isLast = load === this.#loads;
    if (isLast) this.#store.update({ disks, isRefreshing: false });
    // A later load of the same server has the say.
    if (isLast || serverId !== this.#store.state.serverId) this.#check(serverId, fresh);
    if (!isLast || !fresh) return;
    const { state } = this.#store;
    if (fresh.some((disk) => isChanging(disk) && !activeOperation(state, disk.volumeId))) {
      this.#timer = setTimeout(() => this.#loadDisks(), CHANGING_REFRESH_MS);
    }
  }

  chooseFault(faultId: FaultId | null): void {
    this.#store.update({ faultId });
  }

  detach(targets: readonly Target[], isForced: boolean): Promise<void> {
    this.selection.choose(targets, false);
    return this.#detaching.detach(targets, isForced);
  }

  /** Of an operation, or of a batch. */
  cancel(id: number): void {
    this.#detaching.cancel(id);
  }

  followAgain(operationId: number): void {
    void this.#detaching.followAgain(operationId);
  }

  /** Shows the server that a disk was to be detached from, with its disks as they are now. */
  async lookAt(operationId: number): Promise<void> {
    const serverId = this.#operations.find(operationId)?.server.id;
    if (serverId === undefined) return;
    this.#operations.ask(operationId);
    if (serverId === this.#store.state.serverId) await this.#loadDisks();
    else await this.selectServer(serverId);
    this.#operations.tell(operationId);
  }

  /** Of an operation, or of a batch. */
  dismiss(id: number): void {
    this.#operations.dismiss((operation) => operation.id === id || operation.batchId === id);
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
      this.#operations.dismiss(() => true);
      this.#detaching.cancelAll();
      this.selection.clear();
      this.#store.update({ faultId: null });
      this.#announcer.say(text.product.resetDone);
    } catch (error) {
      this.#announcer.warn(text.product.resetFailed(describeLoadFailure(error)));
    }
    await this.#loadDisks();
    this.#store.update({ isResetting: false });
  }

  #resume(projectId: string): void {
    const tasks = this.#tasks.take(projectId);
    if (tasks.length === 0) return;
    this.#detaching.resume(tasks);
    this.#announcer.say(text.activity.announce.resumed(tasks.length));
  }

  async #refresh(serverId: string): Promise<void> {
    const { session, serverId: shownId } = this.#store.state;
    if (serverId === shownId) return this.#loadDisks();
    if (session.name === "ready") {
      this.#check(serverId, await fetchDisks(session.value, serverId).catch(() => null));
    }
  }

  /** What a list of a server's disks means for what else is shown; null: it could not be read. */
  #check(serverId: string, disks: readonly Disk[] | null): void {
    this.#operations.check(serverId, disks);
    if (disks) this.selection.check(serverId, disks);
  }
}

/** The disks; where they cannot be fetched, what was known before, marked as stale. */
async function loadDisks(load: () => Promise<Disk[]>, known: () => State["disks"]): Promise<State["disks"]> {
  try {
    return { name: "ready", value: await load(), isStale: false, at: new Date() };
  } catch (error) {
    const before = known();
    if (before.name === "ready") return { ...before, isStale: true };
    return { name: "failed", error };
  }
}
