import type { Operation } from "./model.ts";

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

export type Standing = "queued" | "running" | "detached" | "failed" | "cancelled";

export function standing({ phase }: Operation): Standing {
  if (phase.name === "ended") return phase.isDetached ? "detached" : "failed";
  if (phase.name === "failed" && phase.failure.kind === "aborted") return "cancelled";
  return phase.name;
}

export function tally(operations: readonly Operation[]): Tally {
  const count = (...wanted: Standing[]) =>
    operations.filter((operation) => wanted.includes(standing(operation))).length;
  return {
    all: operations.length,
    active: count("queued", "running"),
    detached: count("detached"),
    confirmed: operations.filter(({ phase }) => phase.name === "detached" && phase.isConfirmed).length,
    failed: count("failed"),
    cancelled: count("cancelled"),
  };
}
