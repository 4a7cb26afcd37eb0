import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { type TestContext, test } from "node:test";
import { TOKEN } from "./index.ts";
import { serve } from "./serve.ts";
import { detachPath, errorCode, read, setup } from "./support.ts";

const HEADERS = { "X-Auth-Token": TOKEN };

async function serving(t: TestContext) {
  const world = setup();
  const server = await serve(world.sim);
  t.after(() => server.close());
  const fetchPath = (path: string, init: RequestInit = {}) => fetch(server.url + path, init);
  const detach = (fault: string, init: RequestInit = {}) =>
    fetchPath(detachPath(), { method: "DELETE", headers: { ...HEADERS, "X-Sim-Fault": fault }, ...init });
  return { ...world, server, fetchPath, detach };
}

test("the simulator serves the same by HTTP", async (t) => {
  const { server, fetchPath, sim } = await serving(t);
  assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  const answer = await read(await fetchPath(detachPath(), { method: "DELETE", headers: HEADERS }));
  assert.match(String(answer.body.job_id), /^[0-9a-f]{32}$/);
  assert.match(String(answer.headers.get("X-Request-Id")), /^[0-9a-f]{32}$/);
  assert.equal(answer.headers.get("Date"), "Thu, 01 Jan 2026 00:00:00 GMT");
  assert.deepEqual([sim.requests[0]?.url, sim.requests[0]?.answered], [detachPath(), 200]);
});

test("serving leaves the process's own Request and Response alone", async (t) => {
  const before = [globalThis.Request, globalThis.Response];
  await serving(t);
  assert.deepEqual([globalThis.Request, globalThis.Response], before);
});

test("drop-before really breaks the connection, and nothing is done", async (t) => {
  const { detach, advance, isAttached } = await serving(t);
  await assert.rejects(detach("drop-before"), { name: "TypeError" });
  advance(60_000);
  assert.equal(isAttached(), true);
});

test("drop-after really breaks the connection after the detach", async (t) => {
  const { detach, advance, isAttached, sim } = await serving(t);
  await assert.rejects(detach("drop-after"), { name: "TypeError" });
  advance(60_000);
  assert.deepEqual([isAttached(), sim.requests[0]?.answered], [false, "dropped"]);
});

test("a dropped connection carries no byte of an answer", async (t) => {
  const { server } = await serving(t);
  assert.equal(await raw(server.url, "GET / HTTP/1.1\r\nHost: x\r\nX-Sim-Fault: drop-before\r\n\r\n"), "");
});

test("huge, truncated and empty answers arrive as they are", async (t) => {
  const { detach, sim } = await serving(t);
  assert.ok((await (await detach("huge")).text()).length > 2 * 1024 * 1024);
  sim.reset();
  assert.match(await (await detach("truncated")).text(), /^\{"job_id":"[0-9a-f]*$/);
  sim.reset();
  assert.equal(await (await detach("empty")).text(), "");
});

test("a client that hangs up on a hanging call is noticed", async (t) => {
  const { detach, sim } = await serving(t);
  const controller = new AbortController();
  const pending = detach("hang", { signal: controller.signal });
  await until(() => sim.requests[0]?.answered === "pending");
  controller.abort();
  await assert.rejects(pending, { name: "AbortError" });
  await until(() => sim.requests[0]?.answered === "dropped");
});

test("close ends hanging calls and idle connections at once", async (t) => {
  const { detach, server, sim } = await serving(t);
  const { hostname, port } = new URL(server.url);
  const idle = connect(Number(port), hostname);
  await once(idle, "connect");
  const pending = assert.rejects(detach("hang"), { name: "TypeError" });
  await until(() => sim.requests.length === 1);

  const ended = once(idle, "close");
  idle.on("error", () => {});
  await server.close();
  await Promise.all([pending, ended]);
});

for (const target of [
  "http://",
  "//",
  "*",
  "/%",
  "/..%2f..\\",
  "/%zz/%ff",
  "http://[::1",
  `/${"x".repeat(20_000)}`,
]) {
  test(`the request target ${target.slice(0, 20)} does not stop the server`, async (t) => {
    const { server, fetchPath } = await serving(t);
    const answer = await raw(server.url, `DELETE ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 4\d\d /);
    assert.equal((await fetchPath(detachPath(), { method: "DELETE", headers: HEADERS })).status, 200);
  });
}

test("what is not HTTP does not stop the server", async (t) => {
  const { server, fetchPath } = await serving(t);
  await raw(server.url, "nonsense\r\n\r\n");
  await raw(server.url, "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n");
  assert.equal((await fetchPath("/")).status, 404);
});

test("a port that is taken rejects", async (t) => {
  const { server, sim } = await serving(t);
  await assert.rejects(serve(sim, { port: Number(new URL(server.url).port) }), { code: "EADDRINUSE" });
});

test("another process can set faults, read the requests and start afresh", async (t) => {
  const { fetchPath, isAttached, advance } = await serving(t);
  const rule = { method: "DELETE", path: "/v1/", times: 1, fault: "code:Ecs.0605" };
  const added = await fetchPath("/_sim/faults", { method: "POST", body: JSON.stringify(rule) });
  assert.equal(added.status, 200);

  const init = { method: "DELETE", headers: HEADERS };
  assert.equal(errorCode(await read(await fetchPath(detachPath(), init))), "Ecs.0605");
  assert.equal((await fetchPath(detachPath(), init)).status, 200);

  const { body } = await read(await fetchPath("/_sim/requests"));
  const requests = body.requests as { url: string; answered: number }[];
  assert.deepEqual(
    requests.map(({ answered }) => answered),
    [400, 200],
  );

  advance(3000);
  assert.equal(isAttached(), false);
  await fetchPath("/_sim/reset", { method: "POST" });
  assert.equal(isAttached(), true);
  assert.deepEqual((await read(await fetchPath("/_sim/requests"))).body, { requests: [] });
});

for (const body of [
  "",
  "[]",
  "{",
  '{"fault":"nonsense"}',
  '{"fault":"hang","time":1}',
  '{"fault":"hang","times":0}',
]) {
  test(`the fault rule ${body || "(empty)"} is refused with a reason`, async (t) => {
    const { fetchPath } = await serving(t);
    const answer = await read(await fetchPath("/_sim/faults", { method: "POST", body }));
    assert.equal(answer.status, 400);
    assert.equal(typeof answer.body.error, "string");
  });
}

test("the simulator's own calls are no part of the cloud", async (t) => {
  const { fetchPath } = await serving(t);
  assert.equal((await fetchPath("/_sim/nothing")).status, 404);
  assert.equal(errorCode(await read(await fetchPath("/v1/_sim/requests"))), "APIGW.0101");
});

/** Sends bytes and gives back all that came until the other end closed. */
async function raw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let received = "";
  socket.on("data", (chunk) => {
    received += chunk;
  });
  socket.on("error", () => {});
  socket.write(bytes);
  await once(socket, "close");
  return received;
}

/** Lets the process go on until something holds. */
async function until(condition: () => boolean): Promise<void> {
  const deadline = AbortSignal.timeout(10_000);
  while (!condition()) {
    deadline.throwIfAborted();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
