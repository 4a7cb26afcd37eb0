/** What the console knows and shows. */

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

export interface Job {
  status: string;
  errorCode: string | null;
  failReason: string | null;
}

/** Something fetched; `isStale` tells that the last attempt to refresh it failed. */
export type Loaded<T> =
  | { name: "loading" }
  | { name: "failed"; message: string }
  | { name: "ready"; value: T; isStale: boolean; at: Date };

/** A request and its answer as they went over the wire, secrets masked. */
export interface Exchange {
  method: string;
  url: string;
  requestHeaders: readonly HeaderLine[];
  outcome: Outcome;
}

export type HeaderLine = readonly [name: string, value: string];

export type Outcome =
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

/** A failure as a user should see it. */
export interface Problem {
  kind: string;
  tone: "danger" | "warning" | "neutral";
  title: string;
  advice: string;
  /** What the service itself said. */
  serviceMessage: string | null;
  /** What the client found wrong, where the service did not say it. */
  finding: string | null;
  facts: readonly Fact[];
  excerpt: string | null;
  mayHaveStarted: boolean | null;
}

export interface Fact {
  label: string;
  value: string;
  /** What a button beside it copies, in words; null: no button. */
  copyAs: string | null;
}

/** What the list of disks said after a detach whose fate was unknown. */
export type Aftermath = "checking" | "attached" | "detaching" | "gone";

export type Phase =
  | { name: "sending" }
  | { name: "accepted"; jobId: string; jobStatus: string }
  | { name: "detached"; jobId: string }
  | { name: "unknown"; jobId: string }
  | { name: "failed"; problem: Problem; aftermath: Aftermath | null };

/** One detach that the user asked for. */
export interface Operation {
  id: number;
  server: Server;
  disk: Disk;
  isForced: boolean;
  /** The fault that was simulated, in words. */
  simulated: string | null;
  startedAt: Date;
  phase: Phase;
  exchanges: readonly Exchange[];
}

export interface State {
  session: Loaded<Session>;
  servers: Loaded<readonly Server[]>;
  serverId: string | null;
  disks: Loaded<readonly Disk[]>;
  isRefreshing: boolean;
  isResetting: boolean;
  /** The newest first. */
  operations: readonly Operation[];
  shownOperationId: number | null;
  faultId: string;
}

/**
 * Tells the user, on the screen and to screen readers. A quiet message is one that the page shows anyway: it is
 * for screen readers, and for windows too narrow to see that place.
 */
export interface Announcer {
  say(message: string, isQuiet?: boolean): void;
  warn(message: string, isQuiet?: boolean): void;
}

export function selectedServer({ servers, serverId }: State): Server | undefined {
  return servers.name === "ready" ? servers.value.find((found) => found.id === serverId) : undefined;
}
