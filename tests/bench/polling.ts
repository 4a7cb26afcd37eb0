// How soon a call knows that its task has ended, and in how many requests: one disk, tasks of 1 to 120 s, default options,
// virtual time. Prints one JSON record per length.
import { detachVolumeAndWait } from "ecs-detach-volume";
import { seedOf } from "../loader/many.ts";
import { inVirtualTime } from "../loader/virtual-time.ts";
import { createSimulator, PROJECT_ID, TOKEN } from "../simulator/index.ts";
import { slowly } from "./slow-cloud.ts";

/** Waits are spread at random. */
const RUNS = 5;
const MAX_SECONDS = 120;

async function detach(jobDurationMs: number) {
  const simulator = createSimulator({ seed: seedOf(1, 1), now: () => Date.now(), jobDurationMs });
  const { fetch, counts } = slowly(simulator);
  const [disk] = simulator.state.attachments;
  if (!disk) throw new Error("the cloud has no disk");
  const { serverId, volumeId } = disk;
  const elapsedMs = await inVirtualTime(async (clock) => {
    const begin = clock.now;
    const auth = { token: TOKEN };
    const endpoint = "https://ecs.example.com";
    await detachVolumeAndWait({ endpoint, projectId: PROJECT_ID, serverId, volumeId, auth, fetch });
    return clock.now - begin;
  });
  return { ratio: elapsedMs / jobDurationMs, requests: counts.requests };
}

for (let seconds = 1; seconds <= MAX_SECONDS; seconds += 1) {
  const runs: Awaited<ReturnType<typeof detach>>[] = [];
  while (runs.length < RUNS) runs.push(await detach(seconds * 1000));
  const ratio = runs.reduce((sum, run) => sum + run.ratio, 0) / RUNS;
  const requests = Math.max(...runs.map((run) => run.requests));
  console.log(JSON.stringify({ seconds, ratio, requests }));
}
