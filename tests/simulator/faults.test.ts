import assert from "node:assert/strict";
import { test } from "node:test";
import { FAULT_NAMES, type Fault, PROJECT_ID, SERVER_IDS } from "./index.ts";
import { sign } from "./signing.ts";
import { detachPath, errorCode, errorMessage, read, START, setup } from "./support.ts";

const FAILED_FETCH = { name: "TypeError", message: "Failed to fetch" };

/** A detach that meets the fault; `done` tells whether the disk is gone long after. */
async function detachWith(fault: Fault) {
  const world = setup();
  const answer = await world.detach(detachPath(), { "X-Sim-Fault": fault });
  world.advance(60_000);
  return { ...world, answer, done: !world.isAttached() };
}

test("drop-before loses the connection and does nothing", async () => {
  const { sim, detach, advance, isAttached } = setup();
  sim.faults.add({ fault: "drop-before" });
  await assert.rejects(detach(), FAILED_FETCH);
  advance(60_000);
  assert.deepEqual([isAttached(), sim.requests[0]?.answered], [true, "dropped"]);
});

test("drop-after detaches and then loses the connection", async () => {
  const { sim, detach, advance, isAttached } = setup();
  sim.faults.add({ fault: "drop-after" });
  await assert.rejects(detach(), FAILED_FETCH);
  advance(60_000);
  assert.deepEqual([isAttached(), sim.requests[0]?.answered], [false, "dropped"]);
});

test("handle reports a lost connection as an error of its own", async () => {
  const { sim } = setup();
  const headers = { "X-Sim-Fault": "drop-before" };
  const request = new Request(`http://simulator.localhost${detachPath()}`, { method: "DELETE", headers });
  await assert.rejects(sim.handle(request), { name: "ConnectionLost" });
});

test("delay answers when its time has passed and not before", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { sim, detach } = setup();
  let answered = false;
  const pending = detach(detachPath(), { "X-Sim-Fault": "delay:2500" }).then((answer) => {
    answered = true;
    return answer;
  });
  await turns();
  t.mock.timers.tick(2499);
  await turns();
  assert.equal(answered, false);
  assert.equal(sim.state.jobs.length, 1, "the service works at once and answers late");
  t.mock.timers.tick(1);
  assert.equal((await pending).status, 200);
});

test("hang never answers, and ends with the signal", async () => {
  const { sim, call } = setup();
  const controller = new AbortController();
  const headers = { "X-Sim-Fault": "hang" };
  const pending = call(detachPath(), { method: "DELETE", headers, signal: controller.signal });
  await turns();
  assert.equal(sim.requests[0]?.answered, "pending");
  assert.equal(sim.state.jobs.length, 0);
  controller.abort("enough");
  await assert.rejects(pending, (reason) => reason === "enough");
});

test("throttle is the gateway's 429, with Retry-After when asked for", async () => {
  const plain = await detachWith("throttle");
  assert.deepEqual([plain.answer.status, errorCode(plain.answer), plain.done], [429, "APIGW.0308", false]);
  assert.match(String(errorMessage(plain.answer)), /policy user over ratelimit,limit:200,time:5 minute$/);
  assert.equal(plain.answer.headers.get("Retry-After"), null);

  const { answer } = await detachWith("throttle:7");
  assert.equal(answer.headers.get("Retry-After"), "7");
});

test("flow-control is an error with HTTP 202", async () => {
  const { answer, done } = await detachWith("flow-control");
  assert.deepEqual([answer.status, errorCode(answer), done], [202, "Common.0024", false]);
});

for (const [fault, status, code] of [
  ["status", 500, "APIGW.0601"],
  ["status:502", 502, "APIGW.0201"],
  ["status:503", 503, "APIGW.0613"],
  ["status:504", 504, "APIGW.0201"],
] as const) {
  test(`${fault} is the gateway's ${status}`, async () => {
    const { answer, done } = await detachWith(fault);
    assert.deepEqual([answer.status, errorCode(answer), done], [status, code, false]);
  });
}

test("status:504:committed detaches all the same", async () => {
  const { answer, done } = await detachWith("status:504:committed");
  assert.deepEqual([answer.status, done], [504, true]);
});

test("html is a web server's error page, by default a 502", async () => {
  const { answer, done } = await detachWith("html");
  assert.deepEqual([answer.status, answer.headers.get("Content-Type"), done], [502, "text/html", false]);
  assert.match(answer.text, /<h1>502 Bad Gateway<\/h1>/);
  assert.equal((await detachWith("html:200")).answer.status, 200);
});

test("empty has no body; as a success it was done", async () => {
  for (const [fault, status, expected] of [
    ["empty", 200, true],
    ["empty:204", 204, true],
    ["empty:500", 500, false],
  ] as const) {
    const { answer, done } = await detachWith(fault);
    assert.deepEqual([answer.status, answer.text, done], [status, "", expected]);
  }
});

test("truncated cuts the JSON in the middle of an accepted detach", async () => {
  const { answer, done } = await detachWith("truncated");
  assert.deepEqual([answer.status, done], [200, true]);
  assert.match(answer.text, /^\{"job_id":"/);
  assert.throws(() => JSON.parse(answer.text), SyntaxError);
});

test("huge is a valid answer of more than 2 MiB", async () => {
  const { answer, done } = await detachWith("huge");
  assert.deepEqual([answer.status, done], [200, true]);
  assert.ok(answer.text.length > 2 * 1024 * 1024);
});

test("no-job-id is an empty object for an accepted detach", async () => {
  const { answer, done } = await detachWith("no-job-id");
  assert.deepEqual([answer.status, answer.text, done], [200, "{}", true]);
});

for (const [fault, status, code] of [
  ["code:Ecs.0605", 400, "Ecs.0605"],
  ["code:Ecs.0603", 501, "Ecs.0603"],
  ["code:Pdp.0001", 403, "Pdp.0001"],
  ["code:EPS.0003", 401, "EPS.0003"],
  ["code:Common.1503", 503, "Common.1503"],
  ["code:APIGW.0302", 403, "APIGW.0302"],
  ["code:Ecs.9999", 400, "Ecs.9999"],
] as const) {
  test(`${fault} answers with its documented status ${status}`, async () => {
    const { answer, done } = await detachWith(fault);
    assert.deepEqual([answer.status, errorCode(answer), done], [status, code, false]);
  });
}

test("generic-with-details hides the real code in details", async () => {
  const { answer } = await detachWith("generic-with-details:Ecs.0605");
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.body.error, {
    message: "ECS locked.",
    code: "Ecs.0005",
    details: [{ code: "Ecs.0605" }],
  });
});

test("nested has JSON in its message, about the disk or the server", async () => {
  const volume = await detachWith("nested");
  assert.equal(errorCode(volume.answer), "Ecs.1000");
  assert.match(
    String(errorMessage(volume.answer)),
    /^\{"itemNotFound":.*Block Device Mapping with id a26887c6/,
  );
  const server = await detachWith("nested:server");
  assert.match(String(errorMessage(server.answer)), /Instance 4d8c3732-[^ ]+ could not be found/);
});

test("expired-token is 401 APIGW.0307", async () => {
  const { answer, done } = await detachWith("expired-token");
  assert.deepEqual([answer.status, errorCode(answer), done], [401, "APIGW.0307", false]);
});

test("skewed is a server whose clock is ahead, or behind", async () => {
  for (const [fault, seconds, time] of [
    ["skewed", 3600, "20260101T010000Z"],
    ["skewed:-1800", -1800, "20251231T233000Z"],
  ] as const) {
    const signed = async (date: number) => {
      const { sim } = setup();
      const signature = await sign(detachPath(), { method: "DELETE", date });
      const headers = { ...signature, "X-Sim-Fault": fault };
      return read(await sim.fetch(detachPath(), { method: "DELETE", headers }));
    };
    const refused = await signed(START);
    assert.deepEqual([refused.status, errorCode(refused)], [401, "APIGW.0301"]);
    assert.ok(String(errorMessage(refused)).endsWith(`signature time:20260101T000000Z,server time:${time}`));
    const serverMs = START + seconds * 1000;
    assert.equal(Date.parse(refused.headers.get("Date") ?? ""), serverMs);

    const corrected = await signed(serverMs - 15 * 60_000);
    assert.deepEqual([corrected.status, Date.parse(corrected.headers.get("Date") ?? "")], [200, serverMs]);
  }
});

test("skewed leaves a request with a token alone", async () => {
  const { answer, done } = await detachWith("skewed:86400");
  assert.deepEqual([answer.status, done], [200, true]);
});

test("redirect is a 302 to another path", async () => {
  const { answer, done } = await detachWith("redirect:/sso/login");
  assert.deepEqual([answer.status, answer.headers.get("Location"), done], [302, "/sso/login", false]);
});

test("job-never-ends stays RUNNING, keeps the disk attached and the server busy", async () => {
  const { answer, job, done, detach } = await detachWith("job-never-ends");
  assert.equal((await job(answer.body.job_id)).body.status, "RUNNING");
  assert.equal(done, false);
  assert.equal(errorCode(await detach()), "Ecs.0603");
});

test("job-vanishes detaches, but its job is not found", async () => {
  const { answer, job, done } = await detachWith("job-vanishes");
  assert.equal(errorCode(await job(answer.body.job_id)), "Common.0011");
  assert.equal(done, true);
});

test("job-vanishes can happen later", async () => {
  const { detach, job, advance } = setup();
  const id = (await detach(detachPath(), { "X-Sim-Fault": "job-vanishes:2000" })).body.job_id;
  advance(1999);
  assert.equal((await job(id)).body.status, "RUNNING");
  advance(1);
  assert.equal(errorCode(await job(id)), "Common.0011");
});

test("job-fails tells why in its sub-job and leaves the disk attached", async () => {
  const { answer, job, done, detach } = await detachWith("job-fails:Ecs.1300");
  const { body } = await job(answer.body.job_id);
  assert.deepEqual([body.status, body.error_code, body.fail_reason, done], ["FAIL", null, null, false]);

  const { sub_jobs } = body.entities as { sub_jobs: Record<string, unknown>[] };
  assert.equal(sub_jobs[0]?.status, "FAIL");
  assert.equal(sub_jobs[0]?.error_code, "Ecs.1300");
  assert.match(String(sub_jobs[0]?.fail_reason), /^A system exception occurred/);
  assert.equal((await detach()).status, 200, "the server is free again");
});

test("job-fails can tell why at the top", async () => {
  const { answer, job } = await detachWith("job-fails:Ecs.1002:top");
  const { body } = await job(answer.body.job_id);
  assert.equal(body.error_code, "Ecs.1002");
  assert.deepEqual(Object.keys(body.entities ?? {}), ["server_id", "volume_id"]);
});

test("lingers keeps the attachment for a time after SUCCESS", async () => {
  const { detach, job, advance, isAttached } = setup();
  const id = (await detach(detachPath(), { "X-Sim-Fault": "lingers:2000" })).body.job_id;
  advance(4999);
  assert.deepEqual([(await job(id)).body.status, isAttached()], ["SUCCESS", true]);
  advance(1);
  assert.equal(isAttached(), false);
});

test("a fault of a job also works when it meets the job's query", async () => {
  const { sim, detach, job, advance } = setup();
  const id = (await detach()).body.job_id;
  sim.faults.add({ method: "GET", path: `/v1/${PROJECT_ID}/jobs/`, times: 1, fault: "job-vanishes" });
  advance(1000);
  assert.equal(errorCode(await job(id)), "Common.0011");
});

test("a rule is for its method, its path and so many times", async () => {
  const { sim, call, detach } = setup();
  sim.faults.add({ method: "delete", path: /\/detachvolume\//, times: 2, fault: "status:503" });
  assert.equal((await call(`/v1/${PROJECT_ID}/cloudservers/${SERVER_IDS.web}`)).status, 200);
  const statuses = [(await detach()).status, (await detach()).status, (await detach()).status];
  assert.deepEqual(statuses, [503, 503, 200]);
});

test("rules are met in the order in which they were added", async () => {
  const { sim, detach } = setup();
  sim.faults.add({ times: 1, fault: "throttle" });
  sim.faults.add({ times: 1, fault: "html" });
  assert.deepEqual([(await detach()).status, (await detach()).status], [429, 502]);
});

test("cleared rules are gone", async () => {
  const { sim, detach } = setup();
  sim.faults.add({ fault: "throttle" });
  sim.faults.clear();
  assert.equal((await detach()).status, 200);
});

for (const fault of [
  "nonsense",
  "delay:soon",
  "status:99",
  "html:204",
  "nested:disk",
  "hang:1",
  "job-fails:a:b",
  "skewed:--1",
]) {
  test(`the fault "${fault}" is refused as a rule and as a header`, async () => {
    const { sim, detach, isAttached, advance } = setup();
    assert.throws(() => sim.faults.add({ fault: fault as Fault }), TypeError);
    const answer = await detach(detachPath(), { "X-Sim-Fault": fault });
    assert.match(String(answer.body.error), /^X-Sim-Fault: /);
    advance(60_000);
    assert.deepEqual([answer.status, isAttached()], [400, true]);
  });
}

test("there is no fault without a name in the list", () => {
  const { sim } = setup();
  for (const name of FAULT_NAMES) assert.doesNotThrow(() => sim.faults.add({ fault: name }));
});

/** Lets what is already resolved run on. */
function turns(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
