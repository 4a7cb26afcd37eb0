import { createSimulator, type Simulator } from "../simulator/index.ts";

/** A cloud whose time stands still until a test lets it pass. */
export interface Cloud extends Simulator {
  /** Lets time pass in the cloud: tasks go on by it. */
  pass(ms: number): void;
  /** The requests of a method that it has received, and where. */
  received(method: string, path?: RegExp): string[];
}

/** Longer than a task takes. */
export const TASK_MS = 10_000;

export function createCloud(): Cloud {
  let now = Date.UTC(2026, 0, 1, 9, 30);
  const simulator = createSimulator({ now: () => now });
  return {
    ...simulator,
    pass: (ms) => {
      now += ms;
    },
    received: (method, path = /./) =>
      simulator.requests
        .filter((sent) => sent.method === method && path.test(sent.url))
        .map(({ url }) => url),
  };
}
