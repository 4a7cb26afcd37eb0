import assert from "node:assert/strict";
import { test } from "node:test";
import { errorCode, errorMessage, SERVERS_PATH, setup } from "./support.ts";

const PATH = `${SERVERS_PATH}/detail`;

test("requests over the limit are refused until the next window, with the gateway's words", async () => {
  const { call, advance } = setup({ rateLimit: { requests: 2, windowMs: 1000 } });
  advance(900);
  assert.deepEqual([(await call(PATH)).status, (await call(PATH)).status], [200, 200]);

  const refused = await call(PATH);
  assert.deepEqual([refused.status, errorCode(refused)], [429, "APIGW.0308"]);
  assert.equal(
    errorMessage(refused),
    "The throttling threshold has been reached: policy user over ratelimit,limit:2,time:1 second",
  );
  assert.equal(refused.headers.get("Retry-After"), null);
  assert.equal(refused.body.request_id, refused.headers.get("X-Request-Id"));

  advance(99);
  assert.equal((await call(PATH)).status, 429);
  advance(1);
  assert.equal((await call(PATH)).status, 200);
});

test("whatever is refused for another reason counts too", async () => {
  const { call, sim, detach, isAttached, advance } = setup({ rateLimit: { requests: 3, windowMs: 60_000 } });
  const statuses = [
    (await call("/nowhere")).status,
    (await call(PATH, { headers: { "X-Auth-Token": "stolen" } })).status,
    (await call(PATH, { headers: { "X-Sim-Fault": "status:503" } })).status,
    (await detach()).status,
  ];
  assert.deepEqual(statuses, [404, 401, 503, 429]);
  assert.equal(sim.requests.at(-1)?.answered, 429);
  advance(10_000);
  assert.equal(isAttached(), true, "what is refused is not done");
});

test("a request that is refused uses up no fault", async () => {
  const { call, sim, advance } = setup({ rateLimit: { requests: 1, windowMs: 1000 } });
  await call(PATH);
  sim.faults.add({ times: 1, fault: "status:503" });
  assert.equal((await call(PATH)).status, 429);
  advance(1000);
  assert.equal((await call(PATH)).status, 503);
});

test("the simulator's own calls do not count, and a reset starts afresh", async () => {
  const { call, sim } = setup({ rateLimit: { requests: 1, windowMs: 1000 } });
  for (let count = 0; count < 3; count += 1) assert.equal((await call("/_sim/requests")).status, 200);
  assert.deepEqual([(await call(PATH)).status, (await call(PATH)).status], [200, 429]);
  sim.reset();
  assert.equal((await call(PATH)).status, 200);
});

for (const [windowMs, time] of [
  [1000, "1 second"],
  [10_000, "10 second"],
  [60_000, "1 minute"],
  [300_000, "5 minute"],
  [90_000, "90 second"],
  [1, "1 second"],
] as const) {
  test(`a window of ${windowMs} ms is "${time}"`, async () => {
    const { call } = setup({ rateLimit: { requests: 0, windowMs } });
    assert.ok(String(errorMessage(await call(PATH))).endsWith(`limit:0,time:${time}`));
  });
}
