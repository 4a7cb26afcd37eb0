import assert from "node:assert/strict";
import { test } from "node:test";
import { createSimulator, PROJECT_ID, TOKEN } from "./index.ts";
import { detachPath, read, START } from "./support.ts";

const init = { method: "DELETE", headers: { "X-Auth-Token": TOKEN } };

async function detached(sim: ReturnType<typeof createSimulator>) {
  const { job_id } = (await read(await sim.fetch(detachPath(), init))).body;
  const path = `/v1/${PROJECT_ID}/jobs/${job_id}`;
  return async () => (await read(await sim.fetch(path, { headers: init.headers }))).body.status;
}

test("a clock that stands goes on only when it is told", async () => {
  const sim = createSimulator({ now: START, jobDurationMs: 10_000 });
  const status = await detached(sim);
  assert.deepEqual([sim.now(), await status()], [START, "INIT"]);
  sim.advance(2000);
  assert.equal(await status(), "RUNNING");
  sim.advance(8000);
  assert.deepEqual([sim.now(), await status()], [START + 10_000, "SUCCESS"]);
});

test("a clock that follows another can be moved as well", async () => {
  let time = START;
  const sim = createSimulator({ now: () => time });
  const status = await detached(sim);
  time += 1000;
  sim.advance(1000);
  assert.deepEqual([sim.now(), await status()], [START + 2000, "RUNNING"]);
  sim.advance(1000);
  assert.equal(await status(), "SUCCESS");
});

test("by itself it follows Date.now, also one that is replaced later", async (t) => {
  const sim = createSimulator();
  t.mock.timers.enable({ apis: ["Date"], now: START });
  const status = await detached(sim);
  t.mock.timers.setTime(START + 3000);
  assert.equal(await status(), "SUCCESS");
});

test("a delay on a clock that stands ends when the clock gets there, without a timer", async (t) => {
  const timer = t.mock.method(globalThis, "setTimeout");
  const sim = createSimulator({ now: START });
  let answered = 0;
  const headers = { ...init.headers, "X-Sim-Fault": "delay:2500" };
  const pending = sim.fetch(detachPath(), { ...init, headers }).then(({ status }) => {
    answered = status;
  });
  await turn();
  sim.advance(2499);
  await turn();
  assert.equal(answered, 0);
  sim.advance(1);
  await pending;
  assert.deepEqual([answered, timer.mock.callCount()], [200, 0]);
});

test("a clock does not go back", () => {
  const sim = createSimulator({ now: START });
  for (const ms of [-1, Number.NaN, Number.POSITIVE_INFINITY])
    assert.throws(() => sim.advance(ms), /time goes forward only/);
});

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
