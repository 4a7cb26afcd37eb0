import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { detachVolume, detachVolumeAndWait } from "ecs-detach-volume";
import { cloud, DATA_DISK_ID, PROJECT_ID, SERVER_ID } from "ecs-detach-volume/testing";
import { setupServer } from "msw/node";
import { answeredBy } from "./cloud.ts";

const server = setupServer();
before(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => server.resetHandlers());
after(() => server.close());

const options = {
  endpoint: "http://localhost/api/ecs",
  projectId: PROJECT_ID,
  serverId: SERVER_ID,
  volumeId: DATA_DISK_ID,
  // So that a test does not wait as long as a person.
  initialDelayMs: 1,
  retry: { baseDelayMs: 1 },
};

test("a disk is detached", async () => {
  const myCloud = cloud({ taskMs: 0 });
  server.use(answeredBy(myCloud));
  assert.equal((await detachVolumeAndWait(options)).confirmedBy, "attachment");
  assert.equal(myCloud.isAttached(DATA_DISK_ID), false);
});

test("a call that is throttled is sent again", async () => {
  server.use(answeredBy(cloud({ faults: ["throttle:0"], taskMs: 0 })));
  assert.equal((await detachVolumeAndWait(options)).attempts, 2);
});

test("a lost reply is doubt, and the DELETE is not repeated", async () => {
  server.use(answeredBy(cloud({ faults: ["drop-after"] })));
  await assert.rejects(detachVolume(options), { kind: "network", mayHaveStarted: true, attempts: 1 });
});
