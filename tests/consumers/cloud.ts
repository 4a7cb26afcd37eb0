// A cloud for one consumer, and what must have happened in it.
import assert from "node:assert/strict";
import {
  createSimulator,
  DISK_IDS,
  PROJECT_ID,
  SERVER_IDS,
  type Simulator,
  TOKEN,
} from "../simulator/index.ts";

/** Short, because some consumers wait until the disk is detached. */
const JOB_DURATION_MS = 1;

export function createCloud(): Simulator {
  return createSimulator({ jobDurationMs: JOB_DURATION_MS });
}

/** What a consumer passes to `detachVolume`, as JSON. */
export function optionsFor(endpoint: string): string {
  return JSON.stringify({
    endpoint,
    projectId: PROJECT_ID,
    serverId: SERVER_IDS.web,
    volumeId: DISK_IDS.webData,
    auth: { token: TOKEN },
  });
}

/** The cloud has one task, for that disk, from one DELETE, and the consumer knows the task. */
export function assertDetached(cloud: Simulator, told: string): void {
  const { jobs } = cloud.state;
  const changes = cloud.requests.filter(({ method }) => method !== "GET");
  assert.deepEqual(
    jobs.map(({ type, volumeId }) => [type, volumeId]),
    [["detachVolume", DISK_IDS.webData]],
    `not one task for the disk; the consumer said: ${told}`,
  );
  assert.deepEqual(
    changes.map(({ method, answered }) => [method, answered]),
    [["DELETE", 200]],
  );
  assert.ok(jobs[0] && told.includes(jobs[0].id), `the task is ${jobs[0]?.id}, the consumer said: ${told}`);
}
