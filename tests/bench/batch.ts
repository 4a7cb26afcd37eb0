// What it takes to detach many disks behind a gateway with a limit, in virtual time. Prints one JSON record.
//
//   node --expose-gc --import tsx tests/bench/batch.ts <disks>
import { setTimeout as realTimeout } from "node:timers";
import { detachVolumes } from "ecs-detach-volume";
import { seedOf } from "../loader/many.ts";
import { inVirtualTime } from "../loader/virtual-time.ts";
import { createSimulator, PROJECT_ID, TOKEN } from "../simulator/index.ts";

export const LIMIT_PER_SECOND = 200;
const MAX_SERVERS = 1000;
const LATENCY_MS = 40;

const disks = Number(process.argv[2]);
const servers = Math.min(MAX_SERVERS, Math.max(1, disks / 10));

const counts = { requests: 0, refused: 0, polls: 0 };
const simulator = createSimulator({
  seed: seedOf(servers, disks / servers),
  now: () => Date.now(),
  rateLimit: { requests: LIMIT_PER_SECOND, windowMs: 1000 },
});

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

/** The module's memory, which it does not give back: an instance made by the package is looked at. */
const memories: WebAssembly.Memory[] = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
    super(module, imports);
    memories.push(...Object.values(this.exports).filter((value) => value instanceof WebAssembly.Memory));
  }
};

async function heap(): Promise<number> {
  await new Promise((resolve) => realTimeout(resolve, 0));
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const targets = simulator.state.attachments.map(({ serverId, volumeId }) => ({ serverId, volumeId }));
const options = { endpoint: "https://ecs.example.com", projectId: PROJECT_ID, auth: { token: TOKEN }, fetch };
const heapBefore = await heap();
const started = performance.now();
const { settled, elapsedMs } = await inVirtualTime(async (clock) => {
  const begin = clock.now;
  const settled = await detachVolumes({ ...options, targets, concurrency: MAX_SERVERS });
  return { settled, elapsedMs: clock.now - begin };
});
const cpuMs = performance.now() - started;
const failed = settled.filter(({ status }) => status !== "fulfilled").length;
const heapGrowth = (await heap()) - heapBefore;

console.log(
  JSON.stringify({
    disks,
    servers,
    failed,
    ...counts,
    elapsedMs,
    idealMs: (counts.requests / LIMIT_PER_SECOND) * 1000,
    cpuMs: Math.round(cpuMs),
    heapGrowth,
    moduleMemory: memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0),
    attached: simulator.state.attachments.length,
    kept: settled.length,
  }),
);
