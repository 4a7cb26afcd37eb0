// A simulated cloud whose answers take their time, and what it was asked.
import type { Simulator } from "../simulator/index.ts";

/** How long an answer takes. */
export const LATENCY_MS = 40;

export interface Counts {
  requests: number;
  polls: number;
  refused: number;
}

export function slowly(simulator: Simulator): { fetch: typeof globalThis.fetch; counts: Counts } {
  const counts = { requests: 0, polls: 0, refused: 0 };
  const fetch: typeof globalThis.fetch = async (...args) => {
    await new Promise((resolve) => {
      setTimeout(resolve, LATENCY_MS);
    });
    const reply = await simulator.fetch(...args);
    counts.requests += 1;
    if (String(args[0]).includes("/jobs/")) counts.polls += 1;
    if (reply.status === 429) counts.refused += 1;
    return reply;
  };
  return { fetch, counts };
}
