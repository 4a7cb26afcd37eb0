// The simulator as `ecs-detach-volume/testing` gives it to its users.
import assert from "node:assert/strict";
import { test } from "node:test";
import type * as Testing from "../../pkg/loader/testing/types.d.ts";
import { sign } from "./signing.ts";
import { errorCode, read, START } from "./support.ts";
import { cloud, DATA_DISK_ID, FAULT_NAMES, PROJECT_ID, SERVER_ID, SYSTEM_DISK_ID } from "./testing.ts";

const SERVER = `/v1/${PROJECT_ID}/cloudservers/${SERVER_ID}`;
const DETACH = `${SERVER}/detachvolume/${DATA_DISK_ID}?delete_flag=0`;
const LOOK = `${SERVER}/block_device/${DATA_DISK_ID}`;

async function ask(myCloud: Testing.Cloud, path: string, init?: RequestInit) {
  return read(await myCloud(path, init));
}

async function detach(myCloud: Testing.Cloud, path = DETACH) {
  return ask(myCloud, path, { method: "DELETE" });
}

async function question(myCloud: Testing.Cloud) {
  return ask(myCloud, `/v1/${PROJECT_ID}/jobs/${myCloud.tasks.at(-1)?.jobId}`);
}

test("by itself it has a running server with a system disk and a data disk, and asks nobody who they are", async () => {
  const myCloud = cloud({ now: START });
  assert.deepEqual(
    myCloud.disks.map(({ id, serverId, device, isSystemDisk, status }) => [
      id,
      serverId,
      device,
      isSystemDisk,
      status,
    ]),
    [
      [SYSTEM_DISK_ID, SERVER_ID, "/dev/vda", true, "in-use"],
      [DATA_DISK_ID, SERVER_ID, "/dev/vdb", false, "in-use"],
    ],
  );
  assert.equal((await detach(myCloud)).status, 200);
  assert.equal(myCloud.disks[1]?.status, "detaching");
  myCloud.advance(1000);
  assert.deepEqual([myCloud.isAttached(DATA_DISK_ID), myCloud.isAttached(SYSTEM_DISK_ID)], [false, true]);
  assert.deepEqual([myCloud.disks[1]?.serverId, myCloud.disks[1]?.status], [null, "available"]);
  assert.throws(() => myCloud.isAttached("unknown"), {
    name: "TypeError",
    message: `the disk must be an id that the cloud has, got "unknown"; it has ${SYSTEM_DISK_ID}, ${DATA_DISK_ID}`,
  });
});

test("a task takes its time of the cloud's clock", async () => {
  const myCloud = cloud({ now: START, taskMs: 40_000 });
  const { jobId } = { jobId: (await detach(myCloud)).body.job_id };
  const task = { jobId, serverId: SERVER_ID, volumeId: DATA_DISK_ID };
  assert.deepEqual(myCloud.tasks, [{ ...task, status: "INIT" }]);
  myCloud.advance(39_999);
  assert.equal((await question(myCloud)).body.status, "RUNNING");
  myCloud.advance(1);
  assert.equal((await question(myCloud)).body.status, "SUCCESS");
  assert.deepEqual([myCloud.tasks, myCloud.now()], [[{ ...task, status: "SUCCESS" }], START + 40_000]);
});

test("it takes what fetch takes, with a proxy's base path or without", async () => {
  const myCloud = cloud();
  const url = `https://console.example.com/api/ecs${LOOK}`;
  for (const input of [LOOK, `/api/ecs${LOOK}`, url, new URL(url), new Request(url)])
    assert.equal((await myCloud(input)).status, 200);
  assert.deepEqual(new Set(myCloud.requests.map(({ path }) => path)), new Set([LOOK]));
  assert.equal((await myCloud("https://console.example.com/elsewhere")).status, 404);
});

test("a proxy's base path may have a version of its own", async () => {
  const projects = `/v3/projects?name=cn-north-4`;
  const myCloud = cloud({ projects: [{ id: PROJECT_ID, tokens: ["good"] }] });
  const headers = { "X-Auth-Token": "good" };
  for (const basePath of ["/api/v1/ecs", "/v3/ecs", "/a/v2/b", "/gw/v1", "/v1/ecs/v1"])
    for (const path of [LOOK, projects])
      assert.equal((await ask(myCloud, basePath + path, { headers })).status, 200, basePath + path);
  assert.deepEqual(new Set(myCloud.requests.map(({ path }) => path)), new Set([LOOK, "/v3/projects"]));
});

test("the log tells what was asked, and hides secrets", async () => {
  const myCloud = cloud({ now: START });
  await myCloud(DETACH, { method: "DELETE", headers: { "X-Auth-Token": "secret", "X-Trace": "1" } });
  const [path] = DETACH.split("?");
  const headers = { "x-auth-token": "***", "x-trace": "1" };
  assert.deepEqual(myCloud.requests, [
    { at: START, method: "DELETE", path, query: { delete_flag: "0" }, headers, answered: 200 },
  ]);
});

test("state to start from: servers, disks, and what they need", async () => {
  const myCloud = cloud({
    now: START,
    projects: [{ id: "one" }, { id: "two" }],
    servers: [
      { id: "stopped", status: "SHUTOFF" },
      { id: "locked", isLocked: true },
      { id: "other", projectId: "two" },
    ],
    disks: [
      { id: "root", serverId: "stopped", isSystemDisk: true },
      { id: "held", serverId: "locked" },
      { id: "cold", serverId: "new", isFrozen: true },
      { id: "warm", serverId: "new" },
      { id: "far", serverId: "other", device: "/dev/sdx", bus: "scsi" },
      { id: "spare" },
    ],
  });
  const code = async (project: string, server: string, disk: string) =>
    errorCode(await detach(myCloud, `/v1/${project}/cloudservers/${server}/detachvolume/${disk}`));
  assert.equal(await code("one", "stopped", "root"), undefined);
  assert.equal(await code("one", "locked", "held"), "Ecs.0605");
  assert.equal(await code("one", "new", "cold"), "Ecs.0103");
  assert.equal(await code("one", "new", "warm"), undefined);
  assert.equal(await code("one", "other", "far"), "Ecs.0114");
  assert.equal(await code("two", "other", "far"), undefined);
  assert.equal(await code("one", "new", "spare"), "Ecs.0111");
  assert.equal(await code("three", "new", "warm"), "Ecs.0023");
  const devices = myCloud.disks.map(({ device }) => device);
  assert.deepEqual(devices, ["/dev/vda", "/dev/vdb", "/dev/vdb", "/dev/vdc", "/dev/sdx", null]);
});

test("servers without disks have none", () => {
  assert.deepEqual(cloud({ servers: [{ id: "empty" }] }).disks, []);
});

test("where a project has tokens or keys, every request must show one of them", async () => {
  const keys = { accessKey: "AK", secretKey: "SK" };
  const myCloud = cloud({ now: START, projects: [{ id: PROJECT_ID, tokens: ["good"], accessKeys: [keys] }] });
  const status = async (headers: Record<string, string>) => (await ask(myCloud, LOOK, { headers })).status;
  assert.equal(await status({}), 401);
  assert.equal(await status({ "X-Auth-Token": "bad" }), 401);
  assert.equal(await status({ "X-Auth-Token": "good" }), 200);
  assert.equal(await status(await sign(LOOK, { keys })), 200);
  assert.equal(await status(await sign(LOOK, { keys: { ...keys, secretKey: "other" } })), 401);
});

test("a signature covers the path with its base path", async () => {
  const keys = { accessKey: "AK", secretKey: "SK" };
  const myCloud = cloud({ now: START, projects: [{ id: PROJECT_ID, accessKeys: [keys] }] });
  const path = `/api/ecs${LOOK}`;
  assert.equal((await ask(myCloud, path, { headers: await sign(path, { keys }) })).status, 200);
  assert.equal((await ask(myCloud, path, { headers: await sign(LOOK, { keys }) })).status, 401);
});

test("a fault by its name alone is met by what it is about", async () => {
  const myCloud = cloud({ now: START, faults: ["throttle", "unavailable:3600", "root-device:/dev/hda"] });
  const device = async () => {
    const { volumeAttachment } = (await ask(myCloud, `${SERVER}/block_device/${SYSTEM_DISK_ID}`)).body;
    return (volumeAttachment as { device: string }).device;
  };
  assert.equal(await device(), "/dev/hda");
  assert.deepEqual([(await detach(myCloud)).status, (await detach(myCloud)).status], [429, 200]);
  assert.deepEqual([(await question(myCloud)).status, (await question(myCloud)).status], [503, 200]);
  assert.equal(await device(), "/dev/hda", "each look meets it");
});

test("a rule says which requests meet a fault, how many pass before, and how many meet it", async () => {
  const myCloud = cloud({ now: START });
  myCloud.addFault({ fault: "status:403", on: "attachment", after: 1, times: 2 });
  const statuses: number[] = [];
  for (let count = 0; count < 4; count += 1) statuses.push((await ask(myCloud, LOOK)).status);
  assert.deepEqual(statuses, [200, 403, 403, 200]);

  myCloud.addFault({ fault: "html", on: "any", times: Number.POSITIVE_INFINITY });
  assert.deepEqual([(await ask(myCloud, LOOK)).status, (await detach(myCloud)).status], [502, 502]);
  myCloud.clearFaults();
  assert.equal((await ask(myCloud, LOOK)).status, 200);
});

test("a fault can be one disk's", async () => {
  const disks = ["a", "b"].map((id) => ({ id, serverId: `server-${id}` }));
  const myCloud = cloud({ now: START, disks });
  const path = (kind: string, id: string) => `/v1/${PROJECT_ID}/cloudservers/server-${id}/${kind}/${id}`;
  for (const on of ["detach", "task", "attachment"] as const)
    myCloud.addFault({ fault: "status:503", on, volumeId: "b" });
  assert.deepEqual(
    [
      (await detach(myCloud, path("detachvolume", "a"))).status,
      (await question(myCloud)).status,
      (await ask(myCloud, path("block_device", "a"))).status,
      (await ask(myCloud, path("block_device", "b"))).status,
      (await detach(myCloud, path("detachvolume", "b"))).status,
      (await detach(myCloud, path("detachvolume", "b"))).status,
      (await question(myCloud)).status,
      (await question(myCloud)).status,
    ],
    [200, 200, 200, 503, 503, 200, 503, 200],
  );
});

test("a broken connection is a failed fetch, and what happened stays", async () => {
  const myCloud = cloud({ now: START, faults: ["drop-after"] });
  await assert.rejects(detach(myCloud), { name: "TypeError", message: "Failed to fetch" });
  assert.deepEqual([myCloud.tasks.length, myCloud.requests[0]?.answered], [1, "dropped"]);
});

test("more requests than the limit lets through are turned away", async () => {
  const myCloud = cloud({ now: START, rateLimit: { requests: 1, windowMs: 1000 } });
  assert.deepEqual([(await ask(myCloud, LOOK)).status, (await ask(myCloud, LOOK)).status], [200, 429]);
  myCloud.advance(1000);
  assert.equal((await ask(myCloud, LOOK)).status, 200);
});

test("a reset brings back the start, with the faults of the options and without those added", async () => {
  const myCloud = cloud({ now: START, faults: ["throttle"] });
  myCloud.addFault({ fault: "html", on: "attachment" });
  await detach(myCloud);
  await detach(myCloud);
  myCloud.advance(1000);
  assert.equal(myCloud.isAttached(DATA_DISK_ID), false);
  myCloud.reset();
  assert.deepEqual([myCloud.isAttached(DATA_DISK_ID), myCloud.requests, myCloud.tasks], [true, [], []]);
  assert.deepEqual([(await ask(myCloud, LOOK)).status, (await detach(myCloud)).status], [200, 429]);
});

const withOptions = (options: unknown) => () => cloud(options as Testing.CloudOptions);
const withFault = (fault: unknown) => () => cloud().addFault(fault as Testing.Fault);

test("what is misspelt is refused by its name", () => {
  assert.throws(withOptions({ disk: [] }), /cloud\(\) has no "disk"/);
  assert.throws(
    withOptions({ disks: [{ id: "d", server: "s" }] }),
    /option "disks\[0\]" has no "server", only/,
  );
  assert.throws(
    withOptions({ servers: [{ id: "s", locked: true }] }),
    /option "servers\[0\]" has no "locked"/,
  );
  assert.throws(withOptions({ rateLimit: { requests: 1, ms: 1 } }), /option "rateLimit" has no "ms"/);
  assert.throws(withFault("throtle"), /^TypeError: unknown fault "throtle", expected one of/);
  assert.throws(withFault({ fault: "hang", at: "detach" }), /a fault has no "at"/);
  assert.throws(withFault({ fault: "hang", on: "jobs" }), /"on" must be one of detach, task.*, got "jobs"/);
  assert.throws(withFault({ on: "task" }), /a fault rule needs a "fault"/);
});

for (const [what, options, message] of [
  ["no object", null, "cloud() must be given an object or nothing, got null"],
  ["a list that is none", { faults: "throttle" }, 'option "faults" must be an array, got "throttle"'],
  ["a missing id", { disks: [{}] }, 'option "disks[0].id" must be a string that is not empty, got undefined'],
  [
    "a disk twice",
    { disks: [{ id: "d" }, { id: "d" }] },
    'option "disks[1].id" must be unique, got "d" again',
  ],
  [
    "a server twice",
    { servers: [{ id: "s" }, { id: "s" }] },
    'option "servers[1].id" must be unique, got "s" again',
  ],
  [
    "two system disks of a server",
    { disks: ["a", "b"].map((id) => ({ id, serverId: "s", isSystemDisk: true })) },
    'option "disks[1].isSystemDisk" must not be true: "s" has the system disk "a"',
  ],
  [
    "a server of an unknown project",
    { projects: [{ id: "p" }], servers: [{ id: "s", projectId: "q" }] },
    'option "servers[0].projectId" must be an id that the cloud has, got "q"; it has p',
  ],
  [
    "a time that is none",
    { taskMs: Number.NaN },
    'option "taskMs" must be a number of milliseconds, 0 or more, got NaN',
  ],
  [
    "a text for a time",
    { taskMs: "5" },
    'option "taskMs" must be a number of milliseconds, 0 or more, got "5"',
  ],
  [
    "a Date",
    { now: new Date() },
    'option "now" must be a number of milliseconds since 1970, or a function that returns one, got a Date',
  ],
  [
    "a date in words",
    { now: "2026-01-01" },
    'option "now" must be a number of milliseconds since 1970, or a function that returns one, got "2026-01-01"',
  ],
  [
    "no requests",
    { rateLimit: { requests: 0, windowMs: 1 } },
    'option "rateLimit.requests" must be a whole number above 0, got 0',
  ],
  [
    "no window",
    { rateLimit: { requests: 1 } },
    'option "rateLimit.windowMs" must be a number above 0, got undefined',
  ],
  ["a number for a limit", { rateLimit: 5 }, 'option "rateLimit" must be an object, got 5'],
  [
    "a token that is no list, unseen",
    { projects: [{ id: "p", tokens: "secret" }] },
    'option "projects[0].tokens" must be an array, got a string',
  ],
] as const)
  test(`cloud() refuses ${what} with an error that names it`, () => {
    assert.throws(withOptions(options), { name: "TypeError", message });
  });

for (const [what, fault, message] of [
  ["nothing", null, "a fault must be a name or an object, got null"],
  [
    "an unknown disk",
    { fault: "hang", volumeId: "d" },
    `"volumeId" of a fault must be an id that the cloud has, got "d"; it has ${SYSTEM_DISK_ID}, ${DATA_DISK_ID}`,
  ],
  ["a text for a number", { fault: "hang", times: "2" }, '"times" must be a whole number above 0, got "2"'],
  ["a wrong argument", "delay:-1", 'fault "delay:-1": expected a whole number, got "-1"'],
] as const)
  test(`a fault with ${what} is refused with an error that names it`, () => {
    assert.throws(withFault(fault), { name: "TypeError", message });
  });

test("where there is neither Request nor Response, it says so", (t) => {
  const { Response } = globalThis;
  t.after(() => Object.assign(globalThis, { Response }));
  Reflect.deleteProperty(globalThis, "Response");
  assert.throws(() => cloud(), /cloud\(\) needs the globals Request and Response/);
});

test("every fault can be given by its name", () => {
  assert.doesNotThrow(() => cloud({ faults: FAULT_NAMES }));
});
