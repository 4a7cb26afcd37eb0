import assert from "node:assert/strict";
import { setMaxListeners } from "node:events";
import { test } from "node:test";
import { detachVolume } from "ecs-detach-volume";
import { DISK_IDS } from "../simulator/index.ts";
import { answering, countingSignal, failure, simulated, valid } from "./support.ts";

const quick = { maxAttempts: 4, baseDelayMs: 1, maxDelayMs: 2 };

for (const fault of ["throttle", "flow-control", "code:Common.1503"] as const) {
  test(`a request turned away by ${fault} is repeated, and takes effect once`, async () => {
    const { simulator, options } = simulated();
    const [name, arg] = fault.split(":");
    simulator.faults.add({ method: "DELETE", times: 2, fault: (arg ? `${name}:${arg}` : name) as never });
    const { jobId } = await detachVolume({ ...options, retry: quick });
    assert.equal(simulator.requests.length, 3);
    assert.deepEqual(
      simulator.state.jobs.map((job) => job.id),
      [jobId],
    );
  });
}

test("when the attempts are used up, the error says how often it was tried", async () => {
  const { fetch, calls } = answering("", { status: 429 });
  const error = await failure({ ...valid, fetch, retry: { ...quick, maxAttempts: 3 } });
  assert.equal(error.kind, "throttled");
  assert.equal(error.mayHaveStarted, false);
  assert.equal(error.attempts, 3);
  assert.equal(calls.length, 3);
});

test("without retry a throttled request is sent once", async () => {
  const { fetch, calls } = answering("", { status: 429 });
  assert.equal((await failure({ ...valid, fetch, retry: false })).attempts, 1);
  assert.equal(calls.length, 1);
});

test("a server that asks for more time than there is gets it: the call ends, with the time", async () => {
  const { fetch, calls } = answering("", { status: 429, headers: { "Retry-After": "300" } });
  const error = await failure({ ...valid, fetch });
  assert.equal(error.retryAfterMs, 300_000);
  assert.equal(calls.length, 1);
});

test("a DELETE whose fate is unknown is not repeated", async () => {
  for (const fault of ["drop-after", "drop-before", "status:500", "status:503", "html:502", "truncated"]) {
    const { simulator, options } = simulated();
    const headers = { "X-Sim-Fault": fault };
    const error = await failure({ ...options, volumeId: DISK_IDS.webData, headers, retry: quick });
    assert.equal(error.mayHaveStarted, true, fault);
    assert.equal(simulator.requests.length, 1, fault);
  }
});

test("an abort between attempts ends the wait, and nothing has started", async () => {
  const { controller, signal, listeners } = countingSignal();
  const fetch = (async () => {
    setTimeout(() => controller.abort("enough"));
    return new Response("", { status: 429, headers: { "Retry-After": "60" } });
  }) as typeof globalThis.fetch;
  const error = await failure({ ...valid, fetch, signal });
  assert.equal(error.kind, "aborted");
  assert.equal(error.cause, "enough");
  assert.equal(error.mayHaveStarted, false);
  assert.equal(error.attempts, 1);
  assert.equal(listeners(), 0);
});

test("ten thousand calls on one signal, throttled once each, leave no listener", async () => {
  const { signal, listeners } = countingSignal();
  setMaxListeners(0, signal);
  let calls = 0;
  const fetch = (async () => {
    calls += 1;
    return calls % 2 ? new Response("", { status: 429 }) : new Response('{"job_id":"1"}');
  }) as typeof globalThis.fetch;
  const one = () => detachVolume({ ...valid, fetch, signal, retry: { ...quick, maxAttempts: 10 } });
  for (let round = 0; round < 10; round += 1) {
    await Promise.allSettled(Array.from({ length: 1000 }, one));
  }
  assert.equal(listeners(), 0);
});

const wrong: [change: object, option: string][] = [
  [{ retry: true }, "retry"],
  [{ retry: null }, "retry"],
  [{ retry: { maxAttempts: 0 } }, "retry.maxAttempts"],
  [{ retry: { maxAttempts: 11 } }, "retry.maxAttempts"],
  [{ retry: { baseDelayMs: "1" } }, "retry.baseDelayMs"],
  [{ retry: { maxDelayMs: 1.5 } }, "retry.maxDelayMs"],
  [{ timeoutMs: 3_600_001 }, "timeoutMs"],
];
for (const [change, option] of wrong) {
  test(`${JSON.stringify(change)} is refused by name`, async () => {
    assert.equal((await failure({ ...valid, ...change })).option, option);
  });
}
