/** What the console knows and shows. */
import type { Progress } from "ecs-detach-volume";
import type { FaultId } from "./types.ts";

export interface Session {
  projectId: string;
  csrfToken: string;
}

export interface Server {
  id: string;
  name: string;
  status: string;
}

/** A disk as it is attached to a server. */
export interface Disk {
  volumeId: string;
  name: string;
  sizeGiB: number | null;
  device: string;
  bus: string;
  isSystemDisk: boolean;
  /** As the disk service reports it; empty where it does not know the disk. */
  status: string;
}

/** A disk to be detached, and from what. */
export interface Target {
  server: Server;
  disk: Disk;
}

/** Something fetched; `isStale` tells that the last attempt to refresh it failed. */
export type Loaded<T> =
  | { name: "loading" }
  | { name: "failed"; error: unknown }
  | { name: "ready"; value: T; isStale: boolean; at: Date };

/** A request and its answer as they went over the wire, secrets masked. */
export interface Exchange {
  id: number;
  method: string;
  url: string;
  requestHeaders: readonly HeaderLine[];
  sentAt: Date;
  outcome: ExchangeOutcome;
}

export type HeaderLine = readonly [name: string, value: string];

export type ExchangeOutcome =
  | { name: "pending" }
  | { name: "lost"; durationMs: number; isAborted: boolean }
  | { name: "answered"; durationMs: number; answer: Answer };

export interface Answer {
  status: number;
  statusText: string;
  headers: readonly HeaderLine[];
  /** Null while the body is on its way; `isCut` where it did not arrive completely. */
  body: { text: string; isCut: boolean } | null;
}

/** Why a detach did not succeed, as far as that needs no words: those follow the language, see `problem.ts`. */
export interface Failure {
  error: unknown;
  kind: string;
  tone: "danger" | "warning" | "neutral";
  /** Whether the list of disks can tell more. */
  isOpen: boolean;
  /** A task that may still be going on. */
  jobId: string | null;
}

/** What the list of disks said after a detach that did not end in success. */
export type Aftermath = "checking" | "unread" | "attached" | "detaching" | "gone";

export type Phase =
  /** Another disk of the same server comes first. */
  | { name: "queued" }
  /** `at`: when the progress was told, in epoch milliseconds; what it says of the next request counts from then. */
  | { name: "running"; progress: Progress; at: number }
  /** `isConfirmed`: the service no longer lists the disk at the server; else only the task says so. */
  | { name: "detached"; jobId: string | null; isConfirmed: boolean }
  | { name: "failed"; failure: Failure; aftermath: Aftermath | null };

/** Whether the disk is no longer listed at its server: also where its detach was given up before. */
export function isSeenOff(phase: Phase): boolean {
  return phase.name === "detached"
    ? phase.isConfirmed
    : phase.name === "failed" && phase.aftermath === "gone";
}

/** How the package's module came to be there before it was needed. */
export interface Preload {
  cause: "idle" | "button";
  ms: number;
}

/** What the detachments of one command share. */
export interface Command {
  isForced: boolean;
  /** The fault that was simulated; of a command for several disks, one that all of them meet. */
  simulated: FaultId | null;
}

/** One detach, from the request to its outcome. */
export interface Operation extends Target, Command {
  id: number;
  /** The command for several disks that it belongs to. */
  batchId: number | null;
  /** Begun before the page was loaded. */
  isResumed: boolean;
  startedAt: Date;
  endedAt: Date | null;
  phase: Phase;
  exchanges: readonly Exchange[];
}

/** A command for several disks. */
export interface Batch extends Command {
  id: number;
  startedAt: Date;
}

export interface State {
  session: Loaded<Session>;
  servers: Loaded<readonly Server[]>;
  serverId: string | null;
  disks: Loaded<readonly Disk[]>;
  isRefreshing: boolean;
  isResetting: boolean;
  /** Of any number of servers. */
  selection: readonly Target[];
  /** The newest first; those of a batch in its order. */
  operations: readonly Operation[];
  batches: readonly Batch[];
  shownOperationId: number | null;
  faultId: FaultId | null;
  preload: Preload | null;
}

/**
 * Tells the user, on the screen and to screen readers. A quiet message is one that the page shows anyway: it is
 * for screen readers, and for windows too narrow to see that place.
 */
export interface Announcer {
  say(message: string, isQuiet?: boolean): void;
  warn(message: string, isQuiet?: boolean): void;
  /** Where it is told; null: in the page. What lies outside a modal dialog is told to nobody while that is open. */
  speakIn(place: HTMLElement | null): void;
}

export function selectedServer({ servers, serverId }: State): Server | undefined {
  return servers.name === "ready" ? servers.value.find((found) => found.id === serverId) : undefined;
}

export function isActive({ phase }: Operation): boolean {
  return phase.name === "queued" || phase.name === "running";
}

/** The detach of this disk that is still going on. */
export function activeOperation(state: State, volumeId: string): Operation | undefined {
  return state.operations.find((found) => found.disk.volumeId === volumeId && isActive(found));
}

/** A disk that something is being done to. */
export function isChanging({ status }: Disk): boolean {
  return status === "detaching" || status === "attaching";
}

/** Whether a disk can be detached now. */
export function isDetachable(state: State, disk: Disk): boolean {
  return !disk.isSystemDisk && !isChanging(disk) && !activeOperation(state, disk.volumeId);
}
