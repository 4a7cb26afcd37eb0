import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createSimulator,
  DISK_IDS,
  OTHER_PROJECT_ID,
  OTHER_TOKEN,
  PROJECT_ID,
  SERVER_IDS,
  TOKEN,
} from "./index.ts";
import { detachPath, errorCode, errorMessage, read, SERVERS_PATH, setup } from "./support.ts";

const SERVER_PATH = `${SERVERS_PATH}/${SERVER_IDS.web}`;

test("the servers of a project are listed", async () => {
  const { body } = await setup().call(`${SERVERS_PATH}/detail`);
  const servers = body.servers as { name: string; status: string }[];
  assert.equal(body.count, 3);
  assert.deepEqual(
    servers.map(({ name, status }) => [name, status]),
    [
      ["web-01", "ACTIVE"],
      ["db-01", "SHUTOFF"],
      ["legacy-01", "ACTIVE"],
    ],
  );
});

test("a server is shown with its state and its disks", async () => {
  const { body } = await setup().call(SERVER_PATH);
  const server = body.server as Record<string, unknown>;
  const attached = server["os-extended-volumes:volumes_attached"] as unknown[];
  assert.equal(server["OS-EXT-STS:vm_state"], "active");
  assert.equal(server["OS-EXT-SRV-ATTR:root_device_name"], "/dev/vda");
  assert.equal(attached.length, 4);
  assert.deepEqual(attached[0], {
    id: DISK_IDS.webSystem,
    device: "/dev/vda",
    bootIndex: "0",
    delete_on_termination: "false",
  });
});

test("an unknown server is Ecs.0114 for every read", async () => {
  const { call } = setup();
  for (const path of ["/nope", "/nope/block_device", "/nope/block_device/x"]) {
    const answer = await call(SERVERS_PATH + path);
    assert.deepEqual([answer.status, errorCode(answer)], [404, "Ecs.0114"]);
  }
});

test("the attachments of a server are listed with the free slots", async () => {
  const { body } = await setup().call(`${SERVER_PATH}/block_device`);
  assert.deepEqual(body.attachableQuantity, { free_scsi: 20, free_blk: 20, free_disk: 20 });
  assert.equal((body.volumeAttachments as unknown[]).length, 4);
});

test("one attachment is shown with the documented fields", async () => {
  const { body } = await setup().call(`${SERVER_PATH}/block_device/${DISK_IDS.webSystem}`);
  assert.deepEqual(body.volumeAttachment, {
    serverId: SERVER_IDS.web,
    volumeId: DISK_IDS.webSystem,
    id: DISK_IDS.webSystem,
    size: 40,
    device: "/dev/vda",
    pciAddress: "0000:02:01.0",
    bootIndex: 0,
    bus: "virtio",
  });
});

test("an attachment that does not exist is a 404 inside the text of Ecs.1000", async () => {
  const answer = await setup().call(`${SERVER_PATH}/block_device/${DISK_IDS.dbData}`);
  assert.deepEqual([answer.status, errorCode(answer)], [400, "Ecs.1000"]);
  assert.deepEqual(JSON.parse(String(errorMessage(answer))), {
    itemNotFound: { message: `No volume Block Device Mapping with id ${DISK_IDS.dbData}.`, code: 404 },
  });
});

test("the disk service follows a detach from in-use over detaching to available", async () => {
  const { call, detach, advance } = setup();
  const disk = async () => {
    const { body } = await call(`/v2/${PROJECT_ID}/cloudvolumes/detail`);
    const volumes = body.volumes as { id: string; status: string; attachments: Record<string, unknown>[] }[];
    const found = volumes.find(({ id }) => id === DISK_IDS.webData);
    return [found?.status, found?.attachments.length];
  };
  assert.deepEqual(await disk(), ["in-use", 1]);
  await detach();
  assert.deepEqual(await disk(), ["detaching", 1]);
  advance(3000);
  assert.deepEqual(await disk(), ["available", 0]);
});

test("the disk service's attachment id is not the disk's id", async () => {
  const { body } = await setup().call(`/v2/${PROJECT_ID}/cloudvolumes/detail`);
  const [volume] = body.volumes as { id: string; attachments: { attachment_id: string }[] }[];
  assert.notEqual(volume?.attachments[0]?.attachment_id, volume?.id);
});

for (const path of [
  "/",
  "/v1",
  `${SERVERS_PATH}`,
  `${SERVER_PATH}/`,
  `${SERVER_PATH}/detachvolume`,
  `${SERVER_PATH}/detachvolume/`,
  `${detachPath("a/b")}`,
  `/api${SERVER_PATH}`,
]) {
  test(`the path ${path} is the gateway's 404`, async () => {
    const answer = await setup().detach(path);
    assert.deepEqual([answer.status, errorCode(answer)], [404, "APIGW.0101"]);
    assert.equal(answer.body.request_id, answer.headers.get("X-Request-Id"));
  });
}

test("a wrong method on a known path is the gateway's 405", async () => {
  const answer = await setup().call(detachPath(), { method: "POST" });
  assert.equal(answer.status, 405);
  assert.equal(answer.headers.get("Allow"), "DELETE");
  assert.deepEqual(Object.keys(answer.body), ["error_msg", "error_code", "request_id"]);
});

test("a preflight gets no CORS headers, as with the real service", async () => {
  const answer = await setup().call(detachPath(), { method: "OPTIONS" });
  assert.equal(answer.status, 405);
  assert.equal(answer.headers.get("Access-Control-Allow-Origin"), null);
});

test("a call without a token is 401", async () => {
  const answer = await read(await setup().sim.fetch(`${SERVERS_PATH}/detail`));
  assert.deepEqual([answer.status, errorCode(answer)], [401, "APIGW.0301"]);
  assert.equal(errorMessage(answer), "Incorrect IAM authentication information: x-auth-token not found");
});

test("an unknown token is 401 with another text", async () => {
  const answer = await setup().call(`${SERVERS_PATH}/detail`, { headers: { "X-Auth-Token": "stolen" } });
  assert.deepEqual([answer.status, errorCode(answer)], [401, "APIGW.0301"]);
  assert.match(String(errorMessage(answer)), /decrypt token fail$/);
});

test("a token of another project is Ecs.0023", async () => {
  const answer = await setup().call(`${SERVERS_PATH}/detail`, { headers: { "X-Auth-Token": OTHER_TOKEN } });
  assert.deepEqual([answer.status, errorCode(answer)], [400, "Ecs.0023"]);
});

test("another project does not see the servers and jobs of the first", async () => {
  const { call, detach } = setup();
  const id = (await detach()).body.job_id;
  const headers = { "X-Auth-Token": OTHER_TOKEN };
  const base = `/v1/${OTHER_PROJECT_ID}`;
  assert.equal(errorCode(await call(`${base}/cloudservers/${SERVER_IDS.web}`, { headers })), "Ecs.0114");
  assert.equal(errorCode(await call(`${base}/jobs/${id}`, { headers })), "Common.0011");
  assert.equal((await call(`${base}/cloudservers/detail`, { headers })).body.count, 0);
});

test("behind a proxy that logs in, no token is needed, but the project must exist", async () => {
  const sim = createSimulator({ requireToken: false });
  assert.equal((await sim.fetch(detachPath(), { method: "DELETE" })).status, 200);
  const stranger = await read(await sim.fetch("/v1/nobody/cloudservers/detail"));
  assert.deepEqual([stranger.status, errorCode(stranger)], [400, "Ecs.0023"]);
});

test("X-Language zh-cn gives Chinese messages", async () => {
  const answer = await setup().detach(detachPath(DISK_IDS.dbData), { "X-Language": "zh-cn" });
  assert.equal(errorCode(answer), "Ecs.0111");
  assert.equal(errorMessage(answer), "磁盘没有挂载至服务列表中");
});

test("any other language gives English messages", async () => {
  const answer = await setup().detach(detachPath(DISK_IDS.dbData), { "X-Language": "fr-fr" });
  assert.equal(
    errorMessage(answer),
    "The EVS disk has been detached from the ECS. Refresh the disk list and check the disk.",
  );
});

test("every answer has a request id of its own", async () => {
  const { call } = setup();
  const answers = [await call("/"), await call(SERVER_PATH), await call(detachPath(), { method: "DELETE" })];
  const ids = answers.map(({ headers }) => headers.get("X-Request-Id"));
  for (const id of ids) assert.match(String(id), /^[0-9a-f]{32}$/);
  assert.equal(new Set(ids).size, ids.length);
});

test("every answer has the simulator's time", async () => {
  const { call, advance } = setup();
  advance(86_400_999);
  for (const path of ["/", SERVER_PATH, "/v3/projects"]) {
    assert.equal((await call(path)).headers.get("Date"), "Fri, 02 Jan 2026 00:00:00 GMT");
  }
});

test("received requests are logged with what was answered and without the token", async () => {
  const { sim, call } = setup();
  await call(detachPath(), { method: "DELETE", body: "{}", headers: { "X-Security-Token": "s" } });
  const [entry, ...others] = sim.requests;
  assert.equal(others.length, 0);
  assert.equal(entry?.headers["x-auth-token"], "***");
  assert.deepEqual(
    [entry?.method, entry?.url, entry?.body, entry?.answered, entry?.headers["x-security-token"]],
    ["DELETE", detachPath(), "{}", 400, "***"],
  );
  assert.equal(JSON.stringify(sim.requests).includes(TOKEN), false);
});

test("the log keeps the last 1000 requests", async () => {
  const { sim, call } = setup();
  for (let count = 0; count < 1005; count += 1) await call(`/${count}`);
  assert.equal(sim.requests.length, 1000);
  assert.equal(sim.requests[0]?.url, "/5");
});

test("two simulators given the same calls answer the same bytes", async () => {
  const transcript = async () => {
    const { detach, job, call, advance } = setup();
    const id = (await detach()).body.job_id;
    advance(1000);
    const answers = [await job(id), await call(SERVER_PATH), await call("/nowhere")];
    return [id, ...answers.map(({ text, headers }) => [text, [...headers]])];
  };
  assert.deepEqual(await transcript(), await transcript());
});

test("a reset brings everything back to the start", async () => {
  const { sim, detach, advance, isAttached } = setup();
  const before = (await detach()).text;
  advance(3000);
  sim.faults.add({ fault: "status:503" });
  assert.equal(isAttached(), false);

  sim.reset();
  assert.deepEqual([isAttached(), sim.requests.length, sim.state.jobs.length], [true, 0, 0]);
  assert.equal((await detach()).text, before);
});

test("the state that a test reads is a copy", () => {
  const { sim } = setup();
  for (const server of sim.state.servers) server.status = "ERROR";
  assert.equal(sim.state.servers[0]?.status, "ACTIVE");
});
