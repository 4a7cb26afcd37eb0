import { isSeenOff, type Operation } from "./model.ts";
import type { Tally } from "./types.ts";

export type Standing = "queued" | "running" | "detached" | "failed" | "cancelled";

export function standing({ phase }: Operation): Standing {
  if (isSeenOff(phase)) return "detached";
  return phase.name === "failed" && phase.failure.kind === "aborted" ? "cancelled" : phase.name;
}

export function tally(operations: readonly Operation[]): Tally {
  const count = (...wanted: Standing[]) =>
    operations.filter((operation) => wanted.includes(standing(operation))).length;
  return {
    all: operations.length,
    active: count("queued", "running"),
    detached: count("detached"),
    confirmed: operations.filter(({ phase }) => isSeenOff(phase)).length,
    failed: count("failed"),
    cancelled: count("cancelled"),
  };
}
