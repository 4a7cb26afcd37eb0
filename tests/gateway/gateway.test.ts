// What callers learn when something goes wrong between them and the service, through a real nginx.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { nginxIsMissing } from "../docs/proxies.ts";
import { GATEWAY_FAULTS, type GatewayFault } from "./faults.ts";
import { callThrough } from "./gateway.ts";

for (const fault of GATEWAY_FAULTS) {
  test(`where ${fault.name}, ${consequence(fault)}`, { skip: nginxIsMissing }, async (t) => {
    const { kind, status = null, mayHaveStarted = null, sent = 1, reached, hasStarted = false } = fault;
    const { bodyExcerpt, message, errorCode, encoding, ...outcome } = await callThrough(t, fault);
    assert.deepEqual(outcome, { sent, kind, status, mayHaveStarted, reached, hasStarted }, message);
    if (fault.isPage) assert.match(bodyExcerpt ?? "", new RegExp(`^<html>.*<h1>${status} `));
    assert.ok((bodyExcerpt ?? "").length <= 512);
  });
}

test("a compressed reply has been compressed when it is read", { skip: nginxIsMissing }, async (t) => {
  assert.equal((await callThrough(t, named("the reply is compressed"))).encoding, "gzip");
});

test("a compressed error keeps its code", { skip: nginxIsMissing }, async (t) => {
  const { encoding, errorCode, bodyExcerpt } = await callThrough(
    t,
    named("the service's error is compressed"),
  );
  assert.deepEqual([encoding, errorCode, bodyExcerpt], ["gzip", "Ecs.0003", null]);
});

test("the beginning of an error that breaks off is kept", { skip: nginxIsMissing }, async (t) => {
  const outcome = await callThrough(t, named("the service's error breaks off in the middle"));
  assert.equal(outcome.errorCode, null);
  assert.match(outcome.bodyExcerpt ?? "", /^\{"error":.*Ecs\.0100/);
});

test("a call that nginx limits is sent once where the caller wants no retry", {
  skip: nginxIsMissing,
}, async (t) => {
  const fault = named("nginx limits the calls, with status 429");
  const { kind, sent, reached } = await callThrough(t, { ...fault, retry: false });
  assert.deepEqual([kind, sent, reached], ["throttled", 1, 0]);
});

test("no request follows a redirect of the service", { skip: nginxIsMissing }, async (t) => {
  const target = await startTarget(t);
  const { kind, reached } = await callThrough(t, { fault: `redirect:${target.url}` });
  assert.deepEqual([kind, reached, target.requests], ["network", 1, []]);
});

test("no request follows a redirect of nginx", { skip: nginxIsMissing }, async (t) => {
  const target = await startTarget(t);
  const server = `error_page 401 = @login; location @login { return 302 ${target.url}; }`;
  const { kind, reached } = await callThrough(t, { server, isLoggedIn: false, token: "the-page's" });
  assert.deepEqual([kind, reached, target.requests], ["network", 0, []]);
});

function named(name: string): GatewayFault {
  const fault = GATEWAY_FAULTS.find((fault) => fault.name === name);
  assert.ok(fault, name);
  return fault;
}

function consequence({ kind, status, mayHaveStarted, reached }: GatewayFault): string {
  const passed = reached ? "one DELETE is passed on" : "no DELETE is passed on";
  if (kind === null) return `the call succeeds and ${passed}`;
  const doubt = mayHaveStarted ? "may have started" : "has not started";
  return `the error is "${kind}"${status ? ` with ${status}` : ""}, the detachment ${doubt} and ${passed}`;
}

/** An address to be redirected to, with a list of what was asked there. */
async function startTarget(t: TestContext) {
  const requests: string[] = [];
  const server = createServer(({ method, url }, response) => {
    requests.push(`${method} ${url}`);
    response.end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/target`, requests };
}
