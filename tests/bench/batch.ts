// What it takes to detach many disks behind a gateway with a limit, in virtual time. Prints one JSON record.
//
//   node --expose-gc --import tsx tests/bench/batch.ts <disks>
import { setTimeout as realTimeout } from "node:timers";
import { detachVolumes } from "ecs-detach-volume";
import { seedOf } from "../loader/many.ts";
import { inVirtualTime } from "../loader/virtual-time.ts";
import { createSimulator, PROJECT_ID, TOKEN } from "../simulator/index.ts";
import { LATENCY_MS, slowly } from "./slow-cloud.ts";

const LIMIT_PER_SECOND = 200;
const MAX_SERVERS = 1000;
const TASK_MS = 3000;

const disks = Number(process.argv[2]);
const servers = Math.min(MAX_SERVERS, Math.max(1, disks / 10));

const simulator = createSimulator({
  seed: seedOf(servers, disks / servers),
  now: () => Date.now(),
  jobDurationMs: TASK_MS,
  rateLimit: { requests: LIMIT_PER_SECOND, windowMs: 1000 },
});

const { fetch, counts } = slowly(simulator);

/** The module's memory, which it does not give back: an instance made by the package is looked at. */
const memories: WebAssembly.Memory[] = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
    super(module, imports);
    // What puts the module together is gone when the module runs.
    if ("unpack" in this.exports) return;
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
const { settled, elapsedMs } = await inVirtualTime(async (clock) => {
  const begin = clock.now;
  const settled = await detachVolumes({ ...options, targets, concurrency: MAX_SERVERS });
  return { settled, elapsedMs: clock.now - begin };
});
// With the results, which are looked at afterwards.
const heapGrowth = (await heap()) - heapBefore;
const failed = settled.filter(({ status }) => status !== "fulfilled").length;

console.log(
  JSON.stringify({
    disks,
    servers,
    failed,
    ...counts,
    elapsedMs,
    limitMs: (counts.requests / LIMIT_PER_SECOND) * 1000,
    // The disks of a server, one after the other: a look, the DELETE, the task, a last look.
    oneServerMs: (disks / servers) * (TASK_MS + 3 * LATENCY_MS),
    heapGrowth,
    moduleMemory: memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0),
    attached: simulator.state.attachments.length,
  }),
);
