// The names that several parts share, below all of them: nothing here is imported from the console.

/** A fault that the simulated cloud can be asked for, or that the page acts out. */
export type FaultId = (typeof FAULT_IDS)[FaultGroupId][number];

export type FaultGroupId = keyof typeof FAULT_IDS;

/** In the order of the menu. */
export const FAULT_IDS = {
  refused: [
    "throttled",
    "flow-control",
    "disk-busy",
    "server-locked",
    "already-detached",
    "refused-behind",
    "forbidden",
    "server-missing",
  ],
  login: ["expired-token", "renewal", "renewal-hangs", "login-page"],
  broken: ["server-error", "gateway-down", "gateway-late", "no-job-id", "truncated", "other-disk"],
  network: ["lost-request", "lost-reply", "fate-unknown", "slow", "no-answer"],
  wait: ["wait-throttled", "wait-busy", "wait-hour", "offline", "asleep", "question-lost"],
  task: [
    "task-fails",
    "task-endless",
    "task-late",
    "task-lost",
    "other-task",
    "strange-word",
    "disk-lingers",
    "disk-null",
    "disk-unreadable",
  ],
} as const;

/** How several operations stand. */
export interface Tally {
  all: number;
  /** Waiting in line, or going on. */
  active: number;
  detached: number;
  /** Detached, and no longer listed at the server. */
  confirmed: number;
  failed: number;
  /** Given up by the user: not begun, or no longer followed. */
  cancelled: number;
}
