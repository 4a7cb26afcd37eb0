import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { detachVolume, detachVolumeAndWait } from "ecs-detach-volume";
import { setupServer } from "msw/node";
import { cloud, lostReply, throttledOnce } from "./cloud.ts";

const server = setupServer();
before(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => server.resetHandlers());
after(() => server.close());

const options = {
  endpoint: "http://localhost/api/ecs",
  projectId: "project",
  serverId: "server",
  volumeId: "disk",
  // So that a test does not wait as long as a person.
  initialDelayMs: 1,
  retry: { baseDelayMs: 1 },
};

test("a disk is detached", async () => {
  server.use(...cloud());
  assert.equal((await detachVolumeAndWait(options)).confirmedBy, "attachment");
});

test("a call that is throttled is sent again", async () => {
  server.use(throttledOnce(), ...cloud());
  assert.equal((await detachVolumeAndWait(options)).attempts, 2);
});

test("a lost reply is doubt, and the DELETE is not repeated", async () => {
  server.use(lostReply());
  await assert.rejects(detachVolume(options), { kind: "network", mayHaveStarted: true, attempts: 1 });
});
