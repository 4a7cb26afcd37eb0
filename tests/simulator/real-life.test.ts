// Faults that callers of such an API meet in practice: what the simulator answers, not what a caller makes of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DISK_IDS, type Fault, PROJECT_ID, SERVER_IDS } from "./index.ts";
import {
  type Answer,
  detachPath,
  errorCode,
  errorMessage,
  read,
  SERVERS_PATH,
  START,
  setup,
} from "./support.ts";

const FAILED_FETCH = { name: "TypeError", message: "Failed to fetch" };
const LIST = `${SERVERS_PATH}/${SERVER_IDS.web}/block_device`;
const LOOK = `${LIST}/${DISK_IDS.webData}`;
const SYSTEM_LOOK = `${LIST}/${DISK_IDS.webSystem}`;
const JOBS = `/v1/${PROJECT_ID}/jobs/`;
const SECOND_MS = 1000;

/** A detach that meets the fault, and its job's id. */
async function detachWith(fault: Fault) {
  const world = setup();
  const answer = await world.detach(detachPath(), { "X-Sim-Fault": fault });
  return { ...world, answer, id: answer.body.job_id };
}

const brief = (answer: Answer) => [answer.status, errorCode(answer)];

for (const [fault, first] of [
  ["job-not-found", [404, "APIGW.0101"]],
  ["job-not-found:1:gateway", [404, "APIGW.0101"]],
  ["job-not-found:1:html", [404, undefined]],
  ["job-not-found:1:service", [400, "Common.0011"]],
] as const) {
  test(`${fault} hides the job from the first question, and the job goes on`, async () => {
    const { id, job, advance, isAttached } = await detachWith(fault);
    assert.deepEqual(brief(await job(id)), first);
    assert.equal((await job(id)).body.status, "INIT");
    advance(3 * SECOND_MS);
    assert.deepEqual([(await job(id)).body.status, isAttached()], ["SUCCESS", false]);
  });
}

test("job-not-found hides the job from as many questions as it says, or from all", async () => {
  const statuses = async (fault: Fault) => {
    const { id, job } = await detachWith(fault);
    return [(await job(id)).status, (await job(id)).status, (await job(id)).status];
  };
  assert.deepEqual(await statuses("job-not-found:2"), [404, 404, 200]);
  assert.deepEqual(await statuses("job-not-found:always"), [404, 404, 404]);
  assert.deepEqual(await statuses("job-not-found:0"), [200, 200, 200]);
});

test("a rule that hides a job counts on when it meets the question", async () => {
  const { sim, detach, job } = setup();
  const id = (await detach()).body.job_id;
  sim.faults.add({ path: JOBS, fault: "job-not-found:1" });
  assert.deepEqual([(await job(id)).status, (await job(id)).status], [404, 200]);
});

test("a job that is hidden is hidden from its question alone", async () => {
  const { call } = await detachWith("job-not-found:always");
  assert.equal((await call(LOOK)).status, 200);
});

for (const [fault, status, code] of [
  ["throttle", 429, "APIGW.0308"],
  ["unavailable", 503, "APIGW.0613"],
] as const) {
  test(`${fault} asks for a wait in seconds, however long, or until a date`, async () => {
    const header = async (argument: string) => {
      const { answer } = await detachWith(`${fault}${argument}` as Fault);
      assert.deepEqual(brief(answer), [status, code]);
      return answer.headers.get("Retry-After");
    };
    assert.equal(await header(""), null);
    assert.equal(await header(":3600"), "3600");
    assert.equal(await header(":1000000"), "1000000");
    assert.equal(await header(":date:60"), "Thu, 01 Jan 2026 00:01:00 GMT");
    assert.equal(Date.parse((await header(":date:315360000")) ?? ""), START + 315_360_000 * SECOND_MS);
  });
}

test("one question can be refused, and the next is answered", async () => {
  const { sim, detach, job } = setup();
  const id = (await detach()).body.job_id;
  sim.faults.add({ path: JOBS, times: 1, fault: "unavailable:3600" });
  assert.deepEqual([(await job(id)).status, (await job(id)).status], [503, 200]);
});

for (const [fault, status, code] of [
  ["unreadable", 401, "APIGW.0301"],
  ["unreadable:403", 403, "APIGW.0302"],
  ["unreadable:502", 502, "APIGW.0201"],
] as const) {
  test(`${fault}: the disk is seen attached after SUCCESS, and then nobody can look`, async () => {
    const { id, call, job, advance, isAttached } = await detachWith(fault);
    assert.equal((await call(LOOK)).status, 200, "looks before the end do not count");
    advance(3 * SECOND_MS);
    assert.equal((await job(id)).body.status, "SUCCESS");
    assert.equal((await call(LOOK)).status, 200);
    assert.deepEqual(brief(await call(LOOK)), [status, code]);
    assert.deepEqual(brief(await call(LIST)), [status, code]);
    advance(3600 * SECOND_MS);
    assert.deepEqual([isAttached(), brief(await call(LOOK))], [true, [status, code]]);
    assert.equal((await call(SYSTEM_LOOK)).status, 200, "other disks can be seen");
  });
}

test("unreadable:offline:2 loses the third look, and every one after it", async () => {
  const { call, advance } = await detachWith("unreadable:offline:2");
  advance(3 * SECOND_MS);
  assert.deepEqual([(await call(LOOK)).status, (await call(LIST)).status], [200, 200]);
  await assert.rejects(call(LOOK), FAILED_FETCH);
  await assert.rejects(call(LIST), FAILED_FETCH);
});

const COMPUTE_FAULTS = [
  ["volume", 404, "itemNotFound", /^No volume Block Device Mapping with id a26887c6-/],
  ["server", 404, "itemNotFound", /^Instance 4d8c3732-.* could not be found/],
  ["conflict", 409, "conflictingRequest", /^Cannot 'detach_volume' instance 4d8c3732-/],
  ["bad-request", 400, "badRequest", /^Invalid volume/],
  ["server-error", 500, "computeFault", /^Unexpected API Error/],
] as const;
for (const [name, code, key, text] of COMPUTE_FAULTS) {
  test(`nested:${name} is a ${key} inside the text of Ecs.1000, and unwrapped:${name} the same by itself`, async () => {
    const wrapped = await detachWith(`nested:${name}`);
    assert.deepEqual(brief(wrapped.answer), [400, "Ecs.1000"]);
    const fault = JSON.parse(String(errorMessage(wrapped.answer)));
    assert.deepEqual([Object.keys(fault), fault[key].code], [[key], code]);
    assert.match(fault[key].message, text);

    const { answer, sim } = await detachWith(`unwrapped:${name}`);
    assert.deepEqual([answer.status, answer.body, sim.state.jobs.length], [code, fault, 0]);
  });
}

test("a DELETE can be answered 502 before it took effect, or after", async () => {
  for (const [fault, jobs] of [
    ["html:502", 0],
    ["html:502:committed", 1],
    ["status:502", 0],
    ["status:502:committed", 1],
  ] as const) {
    const { answer, sim } = await detachWith(fault);
    assert.deepEqual([answer.status, sim.state.jobs.length], [502, jobs], fault);
  }
});

test("other-job is about another job than the one asked for", async () => {
  const { sim, detach, job } = setup();
  sim.faults.add({ fault: "other-job" });
  const id = (await detach()).body.job_id;
  assert.match(String(id), /0{15}1$/, "the answer to the DELETE has the job's own id");
  const { status, job_id } = (await job(id)).body;
  assert.equal(status, "INIT");
  assert.match(String(job_id), /0{15}0$/);
});

test("other-disk is about another disk than the one asked for, and that is a data disk", async () => {
  const { sim, call } = setup();
  sim.faults.add({ fault: "other-disk" });
  const { volumeAttachment } = (await call(SYSTEM_LOOK)).body as {
    volumeAttachment: Record<string, unknown>;
  };
  assert.notEqual(volumeAttachment.volumeId, DISK_IDS.webSystem);
  assert.equal(volumeAttachment.id, volumeAttachment.volumeId);
  assert.deepEqual([volumeAttachment.device, volumeAttachment.bootIndex], ["/dev/vdz", -1]);
  assert.equal(((await call(LIST)).body.volumeAttachments as unknown[]).length, 4);
});

test("envelope puts a success into another one's form, and leaves errors alone", async () => {
  const { detach, job } = setup();
  const { job_id } = (await detach()).body;
  const { body } = await job(job_id);
  const { call } = setup();
  const asked = async (fault: Fault) => {
    const world = setup();
    await world.detach();
    return (await world.call(JOBS + job_id, { headers: { "X-Sim-Fault": fault } })).body;
  };
  assert.deepEqual(await asked("envelope"), { status: "SUCCESS", data: body });
  assert.deepEqual(await asked("envelope:code"), { code: 0, message: "success", result: body });
  assert.deepEqual(await asked("envelope:error"), { status: "error" });
  const refused = await call(JOBS + job_id, { headers: { "X-Sim-Fault": "envelope" } });
  assert.deepEqual(brief(refused), [400, "Common.0011"]);
});

for (const [fault, word, isDetached] of [
  ["job-says", "success", true],
  ["job-says: FAILED", " FAILED", true],
  ["job-says:CANCELED", "CANCELED", true],
  ["job-says:CANCELED:attached", "CANCELED", false],
] as const) {
  test(`${fault} is a job whose last word is "${word}"`, async () => {
    const { sim, detach, job, advance, isAttached } = setup();
    sim.faults.add({ method: "DELETE", fault });
    const id = (await detach()).body.job_id;
    advance(SECOND_MS);
    assert.equal((await job(id)).body.status, "RUNNING");
    advance(2 * SECOND_MS);
    const { body } = await job(id);
    assert.deepEqual(
      [body.status, body.end_time, isAttached()],
      [word, "2026-01-01T00:00:03.000Z", !isDetached],
    );
  });
}

test("expired-token says when it ended, or nothing", async () => {
  const dated = await detachWith("expired-token:APIGW.0301");
  assert.deepEqual(brief(dated.answer), [401, "APIGW.0301"]);
  assert.match(String(errorMessage(dated.answer)), /token expires, expires_at 2026-01-01T00:00:00\.000Z$/);
  const { answer, sim } = await detachWith("expired-token:plain");
  assert.deepEqual([answer.status, answer.text, sim.state.jobs.length], [401, "Unauthorized", 0]);
});

test("offline loses every request for a time of the cloud's clock", async () => {
  const { sim, detach, job, advance } = setup();
  const id = (await detach()).body.job_id;
  sim.faults.add({ path: JOBS, times: 1, fault: "offline:45" });
  await assert.rejects(job(id), FAILED_FETCH);
  advance(44_999);
  await assert.rejects(detach(), FAILED_FETCH);
  await assert.rejects(job(id), FAILED_FETCH);
  advance(1);
  assert.equal((await job(id)).body.status, "SUCCESS");
  assert.deepEqual(
    sim.requests.map(({ answered }) => answered),
    [200, "dropped", "dropped", "dropped", 200],
  );
});

test("offline can begin after the service has acted, and ends with a reset", async () => {
  const { sim, detach } = setup();
  await assert.rejects(detach(detachPath(), { "X-Sim-Fault": "offline:committed" }), FAILED_FETCH);
  assert.equal(sim.state.jobs.length, 1);
  sim.reset();
  assert.equal((await detach()).status, 200);
});

test("throttle-for turns every request away for a time", async () => {
  const { call, advance } = await detachWith("throttle-for:120");
  advance(119_999);
  assert.deepEqual(brief(await call(LOOK)), [429, "APIGW.0308"]);
  advance(1);
  assert.equal((await call(LOOK)).status, 200);
});

test("absent tells of a missing disk in another form, and changes nothing else", async () => {
  const { sim, call } = setup();
  const missing = `${LIST}/${DISK_IDS.dbData}`;
  const asked = (path: string, fault: Fault) => call(path, { headers: { "X-Sim-Fault": fault } });
  const bare = await asked(missing, "absent");
  const message = `No volume Block Device Mapping with id ${DISK_IDS.dbData}.`;
  assert.deepEqual([bare.status, bare.body], [404, { itemNotFound: { message, code: 404 } }]);
  const none = await asked(missing, "absent:null");
  assert.deepEqual([none.status, none.body], [200, { volumeAttachment: null }]);

  assert.deepEqual((await asked(LOOK, "absent")).body, (await call(LOOK)).body);
  assert.deepEqual(brief(await asked(`${SERVERS_PATH}/nope/block_device/x`, "absent")), [404, "Ecs.0114"]);
  assert.equal(sim.requests.length, 5);
});

test("job-fails:X:split has the code at the top and the reason in a sub-job", async () => {
  const { id, job, advance, isAttached } = await detachWith("job-fails:Ecs.1300:split");
  advance(3 * SECOND_MS);
  const { body } = await job(id);
  assert.deepEqual([body.status, body.error_code, body.fail_reason], ["FAIL", "Ecs.1300", null]);
  const [{ error_code, fail_reason, entities } = {}] = (
    body.entities as { sub_jobs: Record<string, unknown>[] }
  ).sub_jobs;
  assert.equal(error_code, null);
  assert.match(String(fail_reason), /^A system exception occurred/);
  assert.deepEqual([Object.keys(entities as object), isAttached()], [["server_id", "volume_id"], true]);
});

for (const device of ["/dev/xvda", "/dev/hda", "/dev/nvme0n1"]) {
  test(`root-device:${device} is all that tells a system disk`, async () => {
    const { sim, call } = setup();
    sim.faults.add({ fault: `root-device:${device}` });
    const { volumeAttachment } = (await call(SYSTEM_LOOK)).body as { volumeAttachment: object };
    assert.deepEqual(
      Object.entries(volumeAttachment).filter(([name]) => /device|boot/.test(name)),
      [["device", device]],
    );
    const { volumeAttachments } = (await call(LIST)).body as { volumeAttachments: Record<string, unknown>[] };
    assert.deepEqual(
      volumeAttachments.map((found) => [found.device, found.bootIndex]),
      [
        [device, undefined],
        ["/dev/vdb", -1],
        ["/dev/vdc", -1],
        ["/dev/sdb", null],
      ],
    );
  });
}

test("job-id hands out an id that no path can hold, for a job that began", async () => {
  const { answer, sim } = await detachWith("job-id");
  assert.deepEqual([answer.status, answer.body, sim.state.jobs.length], [200, { job_id: "../../x" }, 1]);
  assert.deepEqual((await detachWith("job-id:a/b")).answer.body, { job_id: "a/b" });
});

test("body-used is an answer that was read already", async () => {
  const { sim } = setup();
  const init = {
    method: "DELETE",
    headers: { "X-Sim-Fault": "body-used", "X-Auth-Token": "sim-token-0001" },
  };
  const response = await sim.fetch(detachPath(), init);
  assert.deepEqual([response.status, response.bodyUsed, sim.state.jobs.length], [200, true, 1]);
  await assert.rejects(response.text(), TypeError);
  const { status, body } = await read(await sim.handle(new Request(`http://localhost${detachPath()}`, init)));
  assert.deepEqual([status, Object.keys(body)], [501, ["error"]], "the first job is under way");
});

test("stalled sends half of an answer, and ends with the signal", async () => {
  const { sim } = setup();
  const controller = new AbortController();
  const headers = { "X-Sim-Fault": "stalled", "X-Auth-Token": "sim-token-0001" };
  const response = await sim.fetch(detachPath(), { method: "DELETE", headers, signal: controller.signal });
  assert.deepEqual([response.status, sim.state.jobs.length], [200, 1]);
  const reader = response.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  assert.match(new TextDecoder().decode(value), /^\{"job_id"/);
  const rest = reader?.read();
  controller.abort("enough");
  await assert.rejects(rest ?? Promise.resolve(), (reason) => reason === "enough");
});

test("a rule can let requests pass before it is met", async () => {
  const { sim, call } = setup();
  sim.faults.add({ path: /block_device/, after: 2, times: 1, fault: "status:403" });
  const statuses: number[] = [];
  for (let count = 0; count < 4; count += 1) statuses.push((await call(LOOK)).status);
  assert.deepEqual(statuses, [200, 200, 403, 200]);
  assert.throws(() => sim.faults.add({ after: -1, fault: "hang" }), /"after" must be a whole number/);
});

for (const fault of [
  "offline:soon",
  "job-not-found:some",
  "job-not-found:1:png",
  "unreadable:99",
  "unreadable:401:x",
  "envelope:soap",
  "absent:gone",
  "expired-token:APIGW.0302",
  "job-fails:Ecs.1002:bottom",
  "stalled:1",
]) {
  test(`the fault "${fault}" is refused`, () => {
    assert.throws(() => setup().sim.faults.add({ fault: fault as Fault }), TypeError);
  });
}
