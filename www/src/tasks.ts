import { findFault } from "./faults.ts";
import { type Command, isActive, type Operation, type State, type Target } from "./model.ts";
import type { Store } from "./store.ts";

/** A task that the service works on, with what the page has to know to go on with it. */
export interface Task extends Target, Command {
  jobId: string;
  projectId: string;
  /** Epoch milliseconds. */
  startedAt: number;
}

const KEY = "ecs-console-tasks";

/** Keeps the tasks under way through a reload of the page. */
export class TaskMemory {
  #remembered: Task[] = read();
  #written = "";

  constructor(store: Store<State>) {
    store.subscribe((state) => this.#write(state));
  }

  /** The tasks from before the reload, once: whoever takes them has to go on with them. */
  take(projectId: string): Task[] {
    const tasks = this.#remembered.filter((task) => task.projectId === projectId);
    this.#remembered = [];
    return tasks;
  }

  /** What is not taken yet stays, for the case that the page is loaded again before it could be. */
  #write({ session, operations }: State): void {
    const projectId = session.name === "ready" ? session.value.projectId : "";
    const tasks = [...this.#remembered, ...operations.flatMap((operation) => taskOf(operation, projectId))];
    const json = JSON.stringify(tasks);
    if (json === this.#written) return;
    this.#written = json;
    try {
      sessionStorage.setItem(KEY, json);
    } catch {
      // Full or forbidden: a reload then begins anew, and the list of disks still tells what became of them.
    }
  }
}

function taskOf(operation: Operation, projectId: string): Task[] {
  const { server, disk, isForced, simulated, startedAt } = operation;
  const jobId = openJobId(operation);
  return jobId === null
    ? []
    : [{ jobId, projectId, server, disk, isForced, simulated, startedAt: startedAt.getTime() }];
}

/** The task that may still be going on, also where the user has stopped waiting for it. */
function openJobId(operation: Operation): string | null {
  const { phase } = operation;
  if (isActive(operation)) return phase.name === "running" ? phase.progress.jobId : null;
  return phase.name === "failed" && phase.aftermath !== "gone" ? phase.failure.jobId : null;
}

function read(): Task[] {
  try {
    const saved: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(saved) ? saved.filter(isTask) : [];
  } catch {
    return [];
  }
}

/** Whether it is of this version of the page. */
function isTask(value: Partial<Task> | null): value is Task {
  const isKnown = typeof value?.jobId === "string" && typeof value.startedAt === "number";
  const isFault = value?.simulated === null || findFault(value?.simulated ?? "") !== null;
  const isTarget = typeof value?.server?.id === "string" && typeof value.disk?.volumeId === "string";
  return isKnown && isFault && isTarget;
}
