// The proxies of the documents work: with the built package in front and the simulated cloud behind.
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import {
  type DetachVolumeOptions,
  detachVolume,
  detachVolumeAndWait,
  isEcsError,
  listAttachments,
} from "ecs-detach-volume";
import {
  createSimulator,
  DISK_IDS,
  defaultSeed,
  type Fault,
  PROJECT_ID,
  type ReceivedRequest,
  SERVER_IDS,
  TOKEN,
} from "../simulator/index.ts";
import { serve } from "../simulator/serve.ts";
import {
  nginxIsMissing,
  type ProxyOptions,
  type StartProxy,
  startExpress,
  startNginx,
  startSmallProxy,
} from "./proxies.ts";

const IDS = { projectId: PROJECT_ID, serverId: SERVER_IDS.web, volumeId: DISK_IDS.webData };
const SERVER = `/v1/${PROJECT_ID}/cloudservers/${SERVER_IDS.web}`;
const DISKS = `${SERVER}/block_device`;
const DETACH = `${SERVER}/detachvolume/${DISK_IDS.webData}`;
const CSRF = { "X-CSRF": "1" };
/** Longer than a value in nginx's configuration can be. */
const LONG_TOKEN = "t".repeat(8_000);

interface Setup extends Partial<ProxyOptions> {
  fault?: Fault;
}

async function setUp(t: TestContext, start: StartProxy, { fault, token = TOKEN, ...options }: Setup = {}) {
  const [first, ...others] = defaultSeed().projects;
  assert.ok(first);
  const projects = [{ ...first, tokens: [TOKEN, LONG_TOKEN] }, ...others];
  const sim = createSimulator({ seed: { ...defaultSeed(), projects }, jobDurationMs: 1 });
  if (fault) sim.faults.add({ fault });
  const server = await serve(sim);
  t.after(() => server.close());
  const proxy = await start(t, { upstream: server.url, token, ...options });
  const detach = (more: Partial<DetachVolumeOptions> = {}) =>
    detachVolume({ endpoint: proxy, ...IDS, headers: CSRF, ...more });
  return { sim, proxy, detach };
}

async function failure(promise: Promise<unknown>) {
  const error = await promise.then(
    () => assert.fail("the call should have failed"),
    (error: unknown) => error,
  );
  assert.ok(isEcsError(error), String(error));
  const { kind, status, mayHaveStarted } = { status: 0, ...error };
  return { kind, status, mayHaveStarted };
}

const sent = (requests: readonly ReceivedRequest[]) => requests.map(({ method, url }) => `${method} ${url}`);

const PROXIES: [name: string, start: StartProxy, skip: string | false][] = [
  ["nginx", startNginx, nginxIsMissing],
  ["Express", startExpress, false],
];

for (const [name, start, skip] of PROXIES) {
  test(`${name}: a disk is detached, with the token of the proxy and below the base path`, {
    skip,
  }, async (t) => {
    const { sim, detach } = await setUp(t, start);
    const { jobId } = await detach({ force: true });
    assert.deepEqual(
      sim.state.jobs.map(({ id, type, volumeId }) => [id, type, volumeId]),
      [[jobId, "detachVolume", DISK_IDS.webData]],
    );
    assert.deepEqual(sent(sim.requests), [`DELETE ${DETACH}?delete_flag=1`]);
    assert.equal(sim.requests[0]?.headers["x-auth-token"], "***");
  });

  test(`${name}: a detachment is followed to its end, and a server's disks are listed`, {
    skip,
  }, async (t) => {
    const { sim, proxy } = await setUp(t, start);
    const connection = { endpoint: proxy, headers: CSRF, initialDelayMs: 20, pollIntervalMs: 20 };
    const { jobId, confirmedBy } = await detachVolumeAndWait({ ...connection, ...IDS });
    assert.equal(confirmedBy, "attachment");
    const disks = await listAttachments({ ...connection, ...IDS });
    assert.ok(disks.length > 0 && disks.every(({ volumeId }) => volumeId !== IDS.volumeId));
    const disk = `GET ${DISKS}/${IDS.volumeId}`;
    const job = `GET /v1/${PROJECT_ID}/jobs/${jobId}`;
    assert.deepEqual(sent(sim.requests), [disk, `DELETE ${DETACH}?delete_flag=0`, job, disk, `GET ${DISKS}`]);
  });

  test(`${name}: the page's cookies and CSRF header stay behind, its token is replaced`, {
    skip,
  }, async (t) => {
    const { sim, proxy } = await setUp(t, start);
    const headers = { ...CSRF, Cookie: "session=1", "X-Auth-Token": "the-page's" };
    assert.equal((await fetch(proxy + DETACH, { method: "DELETE", headers })).status, 200);
    const received = Object.keys(sim.requests[0]?.headers ?? {});
    assert.deepEqual(
      received.filter((header) => ["cookie", "x-csrf"].includes(header)),
      [],
    );
  });

  test(`${name}: a call without the CSRF header is refused and not passed on`, { skip }, async (t) => {
    const { sim, detach } = await setUp(t, start);
    assert.deepEqual(await failure(detach({ headers: {} })), {
      kind: "forbidden",
      status: 403,
      mayHaveStarted: false,
    });
    assert.deepEqual(sent(sim.requests), []);
  });

  test(`${name}: nobody's call is refused and not passed on`, { skip }, async (t) => {
    const { sim, detach } = await setUp(t, (t, options) => start(t, { ...options, token: undefined }));
    assert.deepEqual(await failure(detach()), { kind: "auth", status: 401, mayHaveStarted: false });
    assert.deepEqual(sent(sim.requests), []);
  });

  for (const fault of ["drop-before", "drop-after"] as const) {
    test(`${name}: a DELETE is not repeated when the connection breaks (${fault})`, { skip }, async (t) => {
      const { sim, detach } = await setUp(t, start, { fault });
      const { kind, status, mayHaveStarted } = await failure(detach());
      assert.deepEqual([kind, Number(status) >= 500, mayHaveStarted], ["api", true, true]);
      assert.deepEqual(sent(sim.requests), [`DELETE ${DETACH}?delete_flag=0`]);
    });
  }

  test(`${name}: the service's error comes through`, { skip }, async (t) => {
    const { detach } = await setUp(t, start, { fault: "code:Ecs.0100" });
    assert.deepEqual(await failure(detach()), { kind: "conflict", status: 400, mayHaveStarted: false });
  });

  test(`${name}: no other call is passed on`, { skip }, async (t) => {
    const { sim, proxy } = await setUp(t, start);
    const calls = [
      ["GET", SERVER],
      ["GET", `/v1/${PROJECT_ID}/cloudservers/detail`],
      ["GET", `/v1/${PROJECT_ID}/jobs`],
      ["GET", `${DISKS}/${IDS.volumeId}/more`],
      ["DELETE", SERVER],
      ["DELETE", DISKS],
      ["DELETE", `${DISKS}/${IDS.volumeId}`],
      ["DELETE", `/v1/${PROJECT_ID}/jobs/${IDS.volumeId}`],
      ["DELETE", `/v1/${PROJECT_ID}/cloudservers/detachvolume/block_device`],
      ["DELETE", `${DETACH}/more`],
      ["DELETE", `${DETACH}/..`],
      ["GET", DETACH],
      ["POST", DETACH],
      ["POST", DISKS],
    ];
    for (const [method = "", path] of calls) {
      const { status } = await fetch(proxy + path, { method, headers: CSRF });
      assert.ok([404, 405].includes(status), `${method} ${path}: ${status}`);
    }
    assert.deepEqual(sent(sim.requests), []);
  });

  test(`${name}: a page of another origin gets no answer to its preflight`, { skip }, async (t) => {
    const { sim, proxy } = await setUp(t, start);
    const headers = {
      Origin: "https://elsewhere.example",
      "Access-Control-Request-Method": "DELETE",
      "Access-Control-Request-Headers": "x-csrf",
    };
    const reply = await fetch(proxy + DETACH, { method: "OPTIONS", headers });
    assert.equal(reply.status, 405);
    assert.equal(reply.headers.get("Access-Control-Allow-Origin"), null);
    assert.deepEqual(sent(sim.requests), []);
  });

  test(`${name}: a long token is passed on`, { skip }, async (t) => {
    const { detach } = await setUp(t, start, { token: LONG_TOKEN });
    assert.ok((await detach()).jobId);
  });
}

test("the proxy to start with passes a detachment on, with its token", async (t) => {
  const { sim, proxy } = await setUp(t, startSmallProxy);
  const outcome = await detachVolumeAndWait({
    endpoint: proxy,
    ...IDS,
    initialDelayMs: 20,
    pollIntervalMs: 20,
  });
  assert.equal(outcome.confirmedBy, "attachment");
  assert.equal(sim.requests.filter(({ method }) => method === "DELETE").length, 1);
});

test("nginx would repeat a DELETE without the line that forbids it", { skip: nginxIsMissing }, async (t) => {
  const change = (recipe: string) => recipe.replace("proxy_next_upstream off;", "");
  const { sim, detach } = await setUp(t, startNginx, { fault: "drop-before", change });
  await failure(detach());
  assert.equal(sim.requests.length, 2);
});
