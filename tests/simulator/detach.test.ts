import assert from "node:assert/strict";
import { test } from "node:test";
import { DISK_IDS, defaultSeed, SERVER_IDS } from "./index.ts";
import { type Answer, detachPath, errorCode, SERVERS_PATH, setup } from "./support.ts";

test("a detach is accepted, goes INIT, RUNNING, SUCCESS, and then the attachment is gone", async () => {
  const { detach, job, advance, isAttached } = setup();

  const accepted = await detach();
  assert.equal(accepted.status, 200);
  assert.deepEqual(Object.keys(accepted.body), ["job_id"]);
  const id = accepted.body.job_id;
  assert.match(String(id), /^[0-9a-f]{32}$/);

  const seen = [];
  for (const ms of [0, 599, 1, 2399]) {
    advance(ms);
    seen.push((await job(id)).body.status);
    assert.equal(isAttached(), true);
  }
  assert.deepEqual(seen, ["INIT", "INIT", "RUNNING", "RUNNING"]);

  advance(1);
  assert.equal((await job(id)).body.status, "SUCCESS");
  assert.equal(isAttached(), false);
});

test("a job is shown with the documented fields", async () => {
  const { detach, job, advance } = setup();
  const id = (await detach()).body.job_id;
  const running = {
    status: "INIT",
    job_type: "detachVolume",
    begin_time: "2026-01-01T00:00:00.000Z",
    end_time: "",
    job_id: id,
    entities: { server_id: SERVER_IDS.web, volume_id: DISK_IDS.webData },
    error_code: null,
    fail_reason: null,
  };
  assert.deepEqual((await job(id)).body, running);

  advance(10_000);
  const finished = { ...running, status: "SUCCESS", end_time: "2026-01-01T00:00:03.000Z" };
  assert.deepEqual((await job(id)).body, finished);
});

test("a finished job can be queried for a day and no longer", async () => {
  const { detach, job, advance } = setup();
  const id = (await detach()).body.job_id;
  advance(3000 + 24 * 60 * 60 * 1000 - 1);
  assert.equal((await job(id)).body.status, "SUCCESS");
  advance(1);
  const gone = await job(id);
  assert.deepEqual([gone.status, errorCode(gone)], [400, "Common.0011"]);
});

test("duration and retention of a job can be set", async () => {
  const { detach, job, advance, isAttached } = setup({ jobDurationMs: 0, jobRetentionMs: 50 });
  const id = (await detach()).body.job_id;
  assert.equal((await job(id)).body.status, "SUCCESS");
  assert.equal(isAttached(), false);
  advance(50);
  assert.equal((await job(id)).status, 400);
});

test("an unknown job is Common.0011", async () => {
  const answer = await setup().job("ff80808288d41e1b018990260955686a");
  assert.deepEqual([answer.status, errorCode(answer)], [400, "Common.0011"]);
});

for (const query of ["", "?delete_flag=0", "?delete_flag=1"]) {
  test(`a data disk can be detached with the query "${query}"`, async () => {
    const { detach } = setup();
    assert.equal((await detach(detachPath(DISK_IDS.webData, SERVER_IDS.web, query))).status, 200);
  });
}

for (const query of [
  "?delete_flag=2",
  "?delete_flag=",
  "?delete_flag",
  "?delete_flag=true",
  "?deleteFlag=1",
  "?delete_flag=0&delete_flag=0",
  "?delete_flag=1&force=true",
]) {
  test(`the query "${query}" is refused`, async () => {
    const { detach, isAttached, advance } = setup();
    refused(await detach(detachPath(DISK_IDS.webData, SERVER_IDS.web, query)), 400, "Ecs.0005");
    advance(5000);
    assert.equal(isAttached(), true);
  });
}

test("a body on the detach call is refused", async () => {
  const { call } = setup();
  refused(await call(detachPath(), { method: "DELETE", body: "{}" }), 400, "Ecs.0005");
});

test("an unknown server is Ecs.0114", async () => {
  refused(await setup().detach(detachPath(DISK_IDS.webData, "no-such-server")), 404, "Ecs.0114");
});

test("a disk of another server is not attached", async () => {
  refused(await setup().detach(detachPath(DISK_IDS.dbData)), 400, "Ecs.0111");
});

test("a disk that was detached is not attached", async () => {
  const { detach, advance } = setup();
  await detach();
  advance(3000);
  refused(await detach(), 400, "Ecs.0111");
});

test("a server that is neither started nor stopped is Ecs.0100", async () => {
  const { detach } = setup({ seed: webServer({ status: "REBOOT" }) });
  refused(await detach(), 400, "Ecs.0100");
});

test("a locked server is Ecs.0605", async () => {
  const { detach } = setup({ seed: webServer({ locked: true }) });
  refused(await detach(), 400, "Ecs.0605");
});

test("a frozen disk is Ecs.0103", async () => {
  const path = detachPath(DISK_IDS.legacyFrozen, SERVER_IDS.legacy);
  refused(await setup().detach(path), 400, "Ecs.0103");
});

test("the system disk of a running server is Ecs.0102", async () => {
  refused(await setup().detach(detachPath(DISK_IDS.webSystem)), 400, "Ecs.0102");
});

test("the system disk of a stopped server can be detached, but not by force", async () => {
  const { detach } = setup();
  refused(await detach(detachPath(DISK_IDS.dbSystem, SERVER_IDS.db, "?delete_flag=1")), 400, "Ecs.0005");
  assert.equal((await detach(detachPath(DISK_IDS.dbSystem, SERVER_IDS.db))).status, 200);
});

test("a second job on the same server is Ecs.0603 until the first is done", async () => {
  const { detach, advance } = setup();
  await detach();
  refused(await detach(detachPath(DISK_IDS.webLogs)), 501, "Ecs.0603");
  refused(await detach(), 501, "Ecs.0603");
  advance(3000);
  assert.equal((await detach(detachPath(DISK_IDS.webLogs))).status, 200);
});

test("jobs on two servers run side by side", async () => {
  const { detach } = setup();
  await detach();
  assert.equal((await detach(detachPath(DISK_IDS.dbData, SERVER_IDS.db))).status, 200);
});

test("a detached disk can be attached again", async () => {
  const { call, detach, advance, sim } = setup();
  await detach();
  advance(3000);
  const body = JSON.stringify({ volumeAttachment: { volumeId: DISK_IDS.webData } });
  const accepted = await call(`${SERVERS_PATH}/${SERVER_IDS.web}/attachvolume`, { method: "POST", body });
  assert.match(String(accepted.body.job_id), /^[0-9a-f]{32}$/);
  assert.equal(sim.state.disks.find((disk) => disk.id === DISK_IDS.webData)?.status, "attaching");

  advance(3000);
  const found = sim.state.attachments.find((attachment) => attachment.volumeId === DISK_IDS.webData);
  assert.deepEqual([found?.serverId, found?.device, found?.bootIndex], [SERVER_IDS.web, "/dev/vdb", -1]);
});

const attachRefusals: [why: string, body: string, status: number, code: string][] = [
  ["without a body", "", 400, "Common.0002"],
  ["with a body that is not JSON", "{", 400, "Ecs.0005"],
  ["without a disk", '{"volumeAttachment":{}}', 400, "Ecs.0005"],
  ["of a disk that is attached elsewhere", attachBody(DISK_IDS.dbData), 400, "Ecs.0103"],
  ["of an unknown disk", attachBody("no-such-disk"), 400, "Ecs.0103"],
  ["of a disk that the server has already", attachBody(DISK_IDS.webData), 400, "Ecs.0005"],
];
for (const [why, body, status, code] of attachRefusals) {
  test(`an attach ${why} is ${code}`, async () => {
    const path = `${SERVERS_PATH}/${SERVER_IDS.web}/attachvolume`;
    refused(await setup().call(path, { method: "POST", ...(body && { body }) }), status, code);
  });
}

function attachBody(volumeId: string): string {
  return JSON.stringify({ volumeAttachment: { volumeId } });
}

function webServer(change: { status?: string; locked?: boolean }) {
  const seed = defaultSeed();
  const servers = seed.servers.map((server) =>
    server.id === SERVER_IDS.web ? { ...server, ...change } : server,
  );
  return { ...seed, servers };
}

function refused(answer: Answer, status: number, code: string): void {
  assert.deepEqual([answer.status, errorCode(answer)], [status, code]);
}
