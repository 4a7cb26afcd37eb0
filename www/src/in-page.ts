/** The console server and the simulated cloud, in the page: for a demo of static files. */
import { createFetch } from "../../tests/simulator/fetch.ts";
import { createSimulator } from "../../tests/simulator/index.ts";
import { type Cloud, createConsoleServer } from "../server.ts";

/**
 * A request that changed something; none has a body. A cloud that gets all of them again, at their times, is the same
 * cloud.
 */
interface Change {
  /** Epoch milliseconds. */
  at: number;
  method: string;
  url: string;
  headers: [string, string][];
}

const KEY = "ecs-console-cloud";

const consoleServer = createConsoleServer(await lastingCloud());

/** Answers what the console server would answer, and sends nothing. */
export const inPageFetch = createFetch(async (request, signal) =>
  consoleServer.fetch(new Request(request, { signal: signal ?? null })),
);

/** A simulated cloud that a reload of the page does not reset. */
async function lastingCloud(): Promise<Cloud> {
  let now: number | null = null;
  const simulator = createSimulator({ now: () => now ?? Date.now() });
  const changes: Change[] = [];
  for (const change of saved()) {
    now = change.at;
    await repeat(simulator, change);
    changes.push(change);
  }
  now = null;
  return {
    handle(request) {
      if (request.method !== "GET" || request.headers.has("X-Sim-Fault")) {
        const { method, url, headers } = request;
        changes.push({ at: Date.now(), method, url, headers: [...headers] });
        save(changes);
      }
      return simulator.handle(request);
    },
    reset() {
      simulator.reset();
      changes.length = 0;
      save(changes);
    },
  };
}

/** Lets the cloud do it once more. Its answer may be slow or never come, and nobody waits for it. */
async function repeat(simulator: Cloud, { method, url, headers }: Change): Promise<void> {
  const abort = new AbortController();
  const answer = simulator.handle(new Request(url, { method, headers, signal: abort.signal }));
  // What the cloud does, it does before the next task of the event loop.
  await Promise.race([answer.catch(() => {}), new Promise((resolve) => setTimeout(resolve))]);
  abort.abort();
  await answer.catch(() => {});
}

function saved(): Change[] {
  try {
    const read: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(read) ? read.filter(isChange) : [];
  } catch {
    return [];
  }
}

/** Whether it is of this version of the page. */
function isChange(value: Partial<Change> | null): value is Change {
  const isKnown = typeof value?.at === "number" && typeof value.method === "string";
  return isKnown && URL.canParse(value.url ?? "") && Array.isArray(value.headers);
}

function save(changes: readonly Change[]): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(changes));
  } catch {
    // Full or forbidden: a reload then begins anew.
  }
}
